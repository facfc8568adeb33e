// Starts Redoc, in the colours that the browser asks for: it takes them once, when it starts.
"use strict";

const dark = matchMedia("(prefers-color-scheme: dark)");
dark.addEventListener("change", () => location.reload());

const LIGHT = {
  colors: {
    primary: { main: "#1d4ed8" },
    responses: {
      success: { color: "#17683a", backgroundColor: "#e7f5ec" },
      error: { color: "#b42318", backgroundColor: "#fdecea" },
      redirect: { color: "#7a4f00", backgroundColor: "#fdf3e0" },
    },
  },
  schema: { typeNameColor: "#596273", typeTitleColor: "#596273" },
  typography: { code: { color: "#b42318" } },
};
const DARK = {
  colors: {
    tonalOffset: 0.3,
    primary: { main: "#8fb0ff" },
    success: { main: "#8bdcab" },
    warning: { main: "#f5c06a" },
    error: { main: "#ff9d92" },
    gray: { 50: "#202836", 100: "#2a3240" },
    border: { light: "#2a3240", dark: "#455064" },
    text: { primary: "#e6e9ef", secondary: "#a3adbd" },
    responses: {
      success: { color: "#8bdcab", backgroundColor: "#12301f", tabTextColor: "#8bdcab" },
      error: { color: "#ff9d92", backgroundColor: "#3b1a17", tabTextColor: "#ff9d92" },
      redirect: { color: "#f5c06a", backgroundColor: "#332612", tabTextColor: "#f5c06a" },
      info: { color: "#8fb0ff", backgroundColor: "#1b2a4d", tabTextColor: "#8fb0ff" },
    },
  },
  schema: { nestedBackground: "#171d27", linesColor: "#455064", requireLabelColor: "#ff9d92", typeNameColor: "#a3adbd", typeTitleColor: "#a3adbd", arrow: { color: "#a3adbd" } },
  sidebar: { backgroundColor: "#171d27", textColor: "#e6e9ef" },
  rightPanel: { backgroundColor: "#171d27", servers: { overlay: { backgroundColor: "#202836", textColor: "#e6e9ef" }, url: { backgroundColor: "#0f131a" } } },
  codeBlock: { backgroundColor: "#0f131a" },
  typography: { code: { color: "#ff9d92", backgroundColor: "#202836" } },
};

const place = document.getElementById("reference");
const theme = dark.matches ? DARK : LIGHT;
const options = { disableSearch: true, expandResponses: "200,201", nativeScrollbars: true, hideSchemaPattern: true, theme };
Redoc.init(place.dataset.schema, options, place);
