// What an app does with the client that openapi-typescript and openapi-fetch make: `node walk.js ADDRESS PHOTO NAME`.
import createClient from "openapi-fetch";
import type { paths } from "./schema";

declare const process: { argv: string[] };
const { readFile } = (await import("node:fs/promises" as string)) as { readFile(path: string): Promise<BlobPart> };
const [address, photo, username] = process.argv.slice(2) as [string, string, string];
const account = { username, password: "penguins on the ice" };

function told<T>(answer: { data?: T; error?: unknown }): T {
  if (answer.data === undefined) throw new Error(JSON.stringify(answer.error));
  return answer.data;
}

const api = createClient<paths>({ baseUrl: address });
told(await api.POST("/api/v1/auth/register/", { body: { device_name: "", ...account } }));
const { token } = told(await api.POST("/api/v1/auth/login/", { body: { device_name: "", code: "", ...account } }));
api.use({
  onRequest({ request }) {
    request.headers.set("Authorization", `Bearer ${token}`);
  },
});
const form = new FormData();
form.append("image", new Blob([await readFile(photo)], { type: "image/jpeg" }), "photo.jpg");
const stored = told(
  await api.POST("/api/v1/predictions/", { body: { image: "" }, bodySerializer: () => form }),
);
const listed = told(await api.GET("/api/v1/predictions/"));
if (listed.results.map((row) => row.id).join() !== stored.id) throw new Error("The list is another one.");
const deleted = await api.DELETE("/api/v1/predictions/{id}/", { params: { path: { id: stored.id } } });
if (deleted.response.status !== 204) throw new Error(`Deletion: ${deleted.response.status}`);
if (told(await api.GET("/api/v1/predictions/")).results.length) throw new Error("It is still there.");
console.log(stored.label);
