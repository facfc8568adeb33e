import 'dart:io';

import '../../domain/model_ref.dart';
import '../../domain/prediction.dart';
import '../../domain/preprocessing.dart';
import '../../domain/queued_upload.dart';
import '../../domain/scored_label.dart';
import '../../utils/observable.dart';
import '../../utils/one_at_a_time.dart';
import '../../utils/result.dart';
import '../../utils/unexpected.dart';
import '../api/models_api.dart' as api;
import '../session_repository.dart';
import 'preprocess.dart';
import 'twin_engine.dart';
import 'twin_store.dart';

/// What the phone itself sees in a photo, until the server answers.
final class ProvisionalAnswer {
  const ProvisionalAnswer({required this.top, required this.model});

  /// The best labels, the best first.
  final List<ScoredLabel> top;

  /// Which version of which model made it.
  final ModelRef model;
}

/// How often the phone and the server saw the same.
final class Agreement {
  const Agreement({this.same = 0, this.different = 0});

  final int same;
  final int different;

  int get all => same + different;
}

/// The server's model on the phone: fetched once a version, and asked about
/// photos that wait for the server.
class Twin {
  Twin({
    required SessionRepository sessions,
    required TwinStore store,
    required PhotoDecoder decoder,
    required TwinEngine engine,
  })  : _sessions = sessions,
        _store = store,
        _decoder = decoder,
        _engine = engine;

  final SessionRepository _sessions;
  final TwinStore _store;
  final PhotoDecoder _decoder;
  final TwinEngine _engine;
  final OneAtATime _photos = OneAtATime();
  InstalledTwin? _installed;
  Uri? _server;

  /// What the phone saw in photos that wait, by the photo's id.
  final Observable<Map<String, ProvisionalAnswer>> answers =
      Observable(const {});

  /// Since the app was started.
  final Observable<Agreement> agreement = Observable(const Agreement());

  /// Fetches the server's model if it is another than the one that is here.
  Future<Result<InstalledTwin>> update() => Result.of(() async {
        final connection = _sessions.connection;
        final model = await api.getOnDeviceModel(connection);
        final here = await _load();
        if (here != null &&
            here.model.ref == model.ref &&
            here.model.sha256 == model.sha256) {
          return here;
        }
        return _installed = await _store.replace(
          connection.server,
          model,
          labels: await api.getLabels(connection, model.labelsUrl),
          download: connection.download,
        );
      });

  /// Looks at the photos that wait, and compares what was seen with what the
  /// server answers.
  Future<void> follow(List<QueuedUpload> uploads) async {
    for (final upload in uploads) {
      final seen = answers.value[upload.id];
      if (upload.prediction case final answer? when seen != null) {
        _compare(upload.id, seen, answer);
      } else if (upload.isPending && seen == null) {
        await _look(upload);
      }
    }
  }

  Future<void> _look(QueuedUpload upload) => _photos.run(() async {
        if (answers.value.containsKey(upload.id)) return;
        try {
          final answer = await classify(File(upload.path));
          if (answer == null) return;
          answers.value = {...answers.value, upload.id: answer};
        } on Object catch (error, stack) {
          // The server will say; the phone need not.
          reportUnexpected(error, stack);
        }
      });

  /// What the phone sees in [photo]; null while it has no model.
  Future<ProvisionalAnswer?> classify(File photo) async {
    final twin = await _load();
    if (twin == null) return null;
    final spec = twin.model.preprocessing;
    final image = await _decoder.decode(photo, shortSide: _shortSide(spec));
    final scores = await _engine.run(
      modelPath: twin.path,
      input: preprocess(image, spec),
      spec: spec,
      classes: twin.labels.length,
    );
    final order = [for (var i = 0; i < scores.length; i++) i]
      ..sort((a, b) => scores[b].compareTo(scores[a]));
    return ProvisionalAnswer(
      model: twin.model.ref,
      top: [
        for (final i in order.take(5))
          ScoredLabel(
            wnid: twin.labels[i].wnid,
            label: twin.labels[i].label,
            probability: scores[i],
          ),
      ],
    );
  }

  Future<InstalledTwin?> _load() async {
    final server = _sessions.server.value;
    if (server == null) return null;
    if (server != _server) _installed = null;
    _server = server;
    return _installed ??= await _store.load(server);
  }

  void _compare(String id, ProvisionalAnswer seen, Prediction answer) {
    answers.value = {...answers.value}..remove(id);
    if (seen.model != answer.model) return;
    final isSame = seen.top.firstOrNull?.label == answer.label;
    agreement.value = Agreement(
      same: agreement.value.same + (isSame ? 1 : 0),
      different: agreement.value.different + (isSame ? 0 : 1),
    );
  }

  /// Twice what the network sees: more is lost in scaling anyway.
  int _shortSide(Preprocessing spec) =>
      2 * (spec.width > spec.height ? spec.width : spec.height);
}
