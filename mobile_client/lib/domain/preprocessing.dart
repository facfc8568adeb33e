import 'json_reader.dart';

/// How much of a picture a network sees.
enum ResizeMode {
  /// The shorter side to `size / 0.875`, then the centre.
  crop,

  /// The shorter side to `size`, then the centre.
  fit,

  /// All of it, whatever its shape.
  stretch,
}

/// The range and order of the values, as Keras names them.
enum ScalingMode { caffe, tf, tfLite, torch, unit, none }

/// How a picture becomes a network's input.
final class Preprocessing {
  const Preprocessing({
    required this.width,
    required this.height,
    required this.resize,
    required this.scaling,
  });

  /// Throws a [FormatException] for what this app cannot do.
  factory Preprocessing.fromJson(Object? json) {
    final fields = JsonReader.of(json);
    return Preprocessing(
      width: fields.whole('width_px'),
      height: fields.whole('height_px'),
      resize: ResizeMode.values.asNameMap()[fields.text('resize')] ??
          (throw const FormatException('an unknown way to resize')),
      scaling: _scalings[fields.text('scaling')] ??
          (throw const FormatException('an unknown scaling')),
    );
  }

  /// Of the input, in pixels.
  final int width;
  final int height;
  final ResizeMode resize;
  final ScalingMode scaling;

  Map<String, Object?> toJson() => {
        'width_px': width,
        'height_px': height,
        'resize': resize.name,
        'scaling':
            _scalings.entries.firstWhere((each) => each.value == scaling).key,
      };
}

const Map<String, ScalingMode> _scalings = {
  'caffe': ScalingMode.caffe,
  'tf': ScalingMode.tf,
  'tf_lite': ScalingMode.tfLite,
  'torch': ScalingMode.torch,
  'unit': ScalingMode.unit,
  'none': ScalingMode.none,
};
