import 'dart:convert';
import 'dart:io';

/// An answer of the real server, as `tool/record_answers.dart` wrote it down.
Object? recorded(String name) =>
    jsonDecode(File('testing/recorded/$name.json').readAsStringSync());
