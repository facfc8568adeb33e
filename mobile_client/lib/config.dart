/// The numbers that the app runs with, all in one place.
library;

/// How long a connection may take to open.
const Duration connectTimeout = Duration(seconds: 15);

/// How long an exchange may stand still, no byte going or coming.
const Duration idleTimeout = Duration(seconds: 30);

/// As [idleTimeout] for an uploaded photo: the server may let it queue.
const Duration uploadIdleTimeout = Duration(seconds: 75);

/// The first pause after a failed upload; it doubles with each failure.
const Duration firstRetryDelay = Duration(seconds: 2);

/// The longest pause between two tries, unless the server asks for more.
const Duration longestRetryDelay = Duration(minutes: 5);

/// The same while there is no network: asking again costs nothing. A photo of
/// which a part was sent before the connection broke waits longer.
const Duration longestOfflineDelay = Duration(seconds: 30);

/// Before a photo of more bytes is sent once more, it is asked whether the
/// server would hear it at all.
const int askFirstBytes = 256 * 1024;

/// The pause after something went wrong in the app itself.
const Duration pauseAfterFault = Duration(seconds: 20);

/// The longest pause that a server may ask for.
const Duration longestServerWait = Duration(hours: 1);

/// How long a deletion can be undone.
const Duration undoTime = Duration(seconds: 6);

/// Finished uploads that stay in the list over a restart.
const int doneUploadsKept = 20;

/// Pages of the history that are kept for when there is no network.
const int offlinePagesKept = 5;

/// Thumbnails that are kept for when there is no network.
const int offlineThumbnailsKept = 300;

/// The longer side of a photo before it is sent, unless originals are chosen.
const int uploadMaxSidePx = 1600;

/// Of the JPEG files that the phone makes, of 100: hardly to be seen, and a
/// third of the bytes.
const int jpegQuality = 90;
