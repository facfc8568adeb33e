import 'change_queue.dart';
import 'history_store.dart';
import 'session_repository.dart';
import 'upload_queue.dart';

/// Sees to it that nothing of the history stays on the phone when a session
/// ends, and no photo when its account is deleted.
///
/// Photos that are not sent yet outlive a session: they are sent when their
/// owner signs in again.
void cleanUpAfterSessions(
  SessionRepository sessions, {
  required HistoryStore history,
  required UploadQueue queue,
  required ChangeQueue changes,
}) =>
    sessions.onEnd((ended, why) async {
      await history.wipe();
      if (why != SessionEnd.accountDeleted) return;
      await queue.forget(ended.owner);
      await changes.forget(ended.owner);
    });
