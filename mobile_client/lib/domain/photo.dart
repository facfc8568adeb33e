import 'json_reader.dart';

/// A photo that the server keeps.
final class Photo {
  const Photo({
    required this.url,
    required this.thumbnailUrl,
    required this.width,
    required this.height,
    required this.bytes,
    required this.contentType,
    required this.sha256,
  });

  factory Photo.fromJson(Object? json) {
    final fields = JsonReader.of(json);
    return Photo(
      url: fields.uri('url'),
      thumbnailUrl: fields.uri('thumbnail_url'),
      width: fields.whole('width'),
      height: fields.whole('height'),
      bytes: fields.whole('bytes'),
      contentType: fields.text('content_type'),
      sha256: fields.text('sha256'),
    );
  }

  /// Where the photo is, as it was sent; only its owner may have it.
  final Uri url;

  /// Where its small picture is.
  final Uri thumbnailUrl;

  /// In pixels, upright.
  final int width;
  final int height;

  /// The size of the file.
  final int bytes;
  final String contentType;

  /// The hash of the file, in hexadecimal.
  final String sha256;

  Map<String, Object?> toJson() => {
        'url': '$url',
        'thumbnail_url': '$thumbnailUrl',
        'width': width,
        'height': height,
        'bytes': bytes,
        'content_type': contentType,
        'sha256': sha256,
      };
}
