import '../../domain/queued_change.dart';
import '../api/api_exception.dart';
import '../api/predictions_api.dart' as api;
import '../session_repository.dart';

/// Tells the server of a change.
typedef ChangeSender = Future<void> Function(QueuedChange change);

/// Sends changes as whoever is signed in. A prediction that is gone needs no
/// change any more.
ChangeSender changeSenderOf(SessionRepository sessions) => (change) async {
      final id = change.predictionId;
      try {
        switch (change) {
          case QueuedChange(kind: ChangeKind.deletion):
            await api.deletePrediction(sessions.connection, id);
          case QueuedChange(:final feedback?):
            await api.putFeedback(sessions.connection, id, feedback);
          case QueuedChange():
            await api.deleteFeedback(sessions.connection, id);
        }
      } on RejectedException catch (rejection) {
        if (rejection.status != 404) rethrow;
      }
    };
