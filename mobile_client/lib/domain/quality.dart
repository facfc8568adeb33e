import 'json_reader.dart';

/// What may be wrong with a photo.
enum PhotoFlaw { blurred, dark, bright, tooSmall, blank }

/// Whether a photo is good enough to go by.
final class Quality {
  const Quality({this.retake = false, this.flaws = const []});

  factory Quality.fromJson(Object? json) {
    final fields = JsonReader.of(json);
    return Quality(
      retake: fields.flag('retake'),
      flaws: [
        for (final code in fields.list('codes', (code) => '$code'))
          if (_flaws[code] case final flaw?) flaw,
      ],
    );
  }

  /// Whether another photo would serve better.
  final bool retake;
  final List<PhotoFlaw> flaws;

  Map<String, Object?> toJson() => {
        'retake': retake,
        'codes': [
          for (final MapEntry(:key, :value) in _flaws.entries)
            if (flaws.contains(value)) key,
        ],
      };
}

const Map<String, PhotoFlaw> _flaws = {
  'blurred': PhotoFlaw.blurred,
  'dark': PhotoFlaw.dark,
  'bright': PhotoFlaw.bright,
  'too_small': PhotoFlaw.tooSmall,
  'blank': PhotoFlaw.blank,
};
