import 'dart:convert';
import 'dart:io';

import '../../domain/json_reader.dart';
import '../../domain/known_label.dart';
import '../../domain/on_device_model.dart';
import '../../utils/sha256.dart';
import '../api/api_exception.dart';
import '../storage/app_folder.dart';

/// A model that is whole on the phone, and its labels.
final class InstalledTwin {
  const InstalledTwin({
    required this.model,
    required this.labels,
    required this.path,
  });

  final OnDeviceModel model;

  /// In the order of the outputs.
  final List<KnownLabel> labels;

  /// Where the model's file is.
  final String path;
}

/// Keeps one model for each server. A new one takes the place of the old one
/// in one step, after it was checked: whenever the app is killed, the one or
/// the other is there whole.
class TwinStore {
  TwinStore(this._folder);

  final AppFolder _folder;

  /// The model of [server]; null if none is there whole.
  Future<InstalledTwin?> load(Uri server) async {
    final json = await _folder.readJson(_indexOf(server));
    if (json == null) return null;
    try {
      final fields = JsonReader.of(json);
      final model = fields.object('model', OnDeviceModel.fromJson);
      final name = _fileOf(server, model);
      if (await _folder.length(name) != model.bytes) return null;
      return InstalledTwin(
        model: model,
        labels: fields.list('labels', KnownLabel.fromJson),
        path: _folder.pathOf(name),
      );
    } on FormatException {
      return null;
    }
  }

  /// Fetches [model] with [download], checks it, and lets go of the one
  /// before. Throws a [MalformedAnswerException] for a file that is not what
  /// the server said.
  Future<InstalledTwin> replace(
    Uri server,
    OnDeviceModel model, {
    required List<KnownLabel> labels,
    required Future<void> Function(Uri url, File to) download,
  }) async {
    final name = _fileOf(server, model);
    await _folder.makeFolder(_folderOf(server));
    await download(model.url, File(_folder.pathOf(name)));
    if (!await _isAsSaid(name, model)) {
      await _folder.delete(name);
      throw const MalformedAnswerException('not the model that was named');
    }
    await _folder.writeJson(_indexOf(server), {
      'model': model.toJson(),
      'labels': [
        for (final label in labels) {'label': label.label, 'wnid': label.wnid},
      ],
    });
    await _deleteOthers(server, name);
    return InstalledTwin(
      model: model,
      labels: labels,
      path: _folder.pathOf(name),
    );
  }

  /// Deletes the models of all servers.
  Future<void> wipe() => _folder.deleteFolder(_root);

  Future<bool> _isAsSaid(String name, OnDeviceModel model) async {
    if (await _folder.length(name) != model.bytes) return false;
    final hash = Sha256();
    await _folder.read(name).forEach(hash.add);
    return hash.closeToHex() == model.sha256.toLowerCase();
  }

  Future<void> _deleteOthers(Uri server, String kept) async {
    final folder = _folderOf(server);
    for (final name in await _folder.list(folder)) {
      final path = '$folder/$name';
      if (path != kept && path != _indexOf(server)) await _folder.delete(path);
    }
  }

  String _indexOf(Uri server) => '${_folderOf(server)}/twin.json';

  String _fileOf(Uri server, OnDeviceModel model) =>
      '${_folderOf(server)}/${Uri.encodeComponent(model.ref.version)}-'
      '${model.sha256.substring(0, 12)}.tflite';
}

const String _root = 'twin';

String _folderOf(Uri server) =>
    '$_root/${Sha256.hexOf(utf8.encode('$server')).substring(0, 16)}';
