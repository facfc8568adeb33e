import 'dart:async';
import 'dart:isolate';
import 'dart:ui';

import '../data/background_turn.dart';

/// Sees to it that the app and its work in the background, which run in
/// isolates of their own, never write the same files at a time.
class OneWriter {
  OneWriter._(this._port, this._name);

  /// The app is open: work in the background ends before this returns.
  static Future<OneWriter> app() async {
    final writer = OneWriter._claim(_app, () async {});
    await _ask(_background);
    return writer;
  }

  /// Work in the background begins, and [onStop] ends it when the app is
  /// opened; null if the app is open already.
  static Future<OneWriter?> background({
    required Future<void> Function() onStop,
  }) async {
    if (await _ask(_app)) return null;
    return OneWriter._claim(_background, onStop);
  }

  /// Has the app that is open send what waits, for [atMost]; tells whether
  /// nothing is left.
  static Future<bool> appSends({required Duration atMost}) async {
    final app = IsolateNameServer.lookupPortByName(_app);
    return app != null && await askForTurn(app, atMost: atMost);
  }

  factory OneWriter._claim(String name, Future<void> Function() onAsked) {
    final port = ReceivePort();
    IsolateNameServer.removePortNameMapping(name);
    IsolateNameServer.registerPortWithName(port.sendPort, name);
    final writer = OneWriter._(port, name);
    port.listen((message) async {
      if (message case final SendPort reply) {
        await onAsked();
        reply.send(true);
      } else {
        await answerTurn(message, writer.turn);
      }
    });
    return writer;
  }

  final ReceivePort _port;
  final String _name;

  /// How this one sends when it is asked to; null until it can.
  BackgroundTurn? turn;

  /// Lets the other one write.
  void release() {
    IsolateNameServer.removePortNameMapping(_name);
    _port.close();
  }

  /// Whether the one called [name] is there and has answered.
  static Future<bool> _ask(String name) async {
    final other = IsolateNameServer.lookupPortByName(name);
    if (other == null) return false;
    final answer = ReceivePort();
    other.send(answer.sendPort);
    try {
      await answer.first.timeout(_patience);
      return true;
    } on TimeoutException {
      // It was ended without a farewell.
      IsolateNameServer.removePortNameMapping(name);
      return false;
    } finally {
      answer.close();
    }
  }
}

const String _app = 'image_classifier.app';
const String _background = 'image_classifier.background';
const Duration _patience = Duration(seconds: 5);
