import 'dart:io';
import 'dart:isolate';
import 'dart:typed_data';

import 'package:tflite_flutter/tflite_flutter.dart';

import '../data/twin/twin_engine.dart';
import '../domain/preprocessing.dart';

/// Runs networks with LiteRT, through the tflite_flutter plugin, beside the
/// isolate that draws.
class TfliteTwinEngine implements TwinEngine {
  const TfliteTwinEngine();

  @override
  Future<Float32List> run({
    required String modelPath,
    required Float32List input,
    required Preprocessing spec,
    required int classes,
  }) =>
      Isolate.run(() {
        final interpreter = Interpreter.fromFile(File(modelPath));
        try {
          final output = Float32List(classes);
          interpreter.run(
            input.buffer,
            output.buffer,
          );
          return output;
        } finally {
          interpreter.close();
        }
      });
}
