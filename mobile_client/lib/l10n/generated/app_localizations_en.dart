import 'package:intl/intl.dart' as intl;

import 'app_localizations.dart';

// ignore_for_file: type=lint

/// The translations for English (`en`).
class AppLocalizationsEn extends AppLocalizations {
  AppLocalizationsEn([String locale = 'en']) : super(locale);

  @override
  String get appTitle => 'Image classifier';

  @override
  String get retry => 'Try again';

  @override
  String get cancel => 'Cancel';

  @override
  String get close => 'Close';

  @override
  String get undo => 'Undo';

  @override
  String get loading => 'Loading';

  @override
  String get showPassword => 'Show password';

  @override
  String get hidePassword => 'Hide password';

  @override
  String percentage(double share) {
    final intl.NumberFormat shareNumberFormat = intl.NumberFormat.percentPattern(localeName);
    final String shareString = shareNumberFormat.format(share);

    return '$shareString';
  }

  @override
  String progressPercentage(double share) {
    final intl.NumberFormat shareNumberFormat = intl.NumberFormat.percentPattern(localeName);
    final String shareString = shareNumberFormat.format(share);

    return '$shareString';
  }

  @override
  String durationSeconds(int count) {
    String _temp0 = intl.Intl.pluralLogic(
      count,
      locale: localeName,
      other: '$count seconds',
      one: '1 second',
    );
    return '$_temp0';
  }

  @override
  String durationMinutes(int count) {
    String _temp0 = intl.Intl.pluralLogic(
      count,
      locale: localeName,
      other: '$count minutes',
      one: '1 minute',
    );
    return '$_temp0';
  }

  @override
  String momentOf(String date, String time) {
    return '$date, $time';
  }

  @override
  String get navClassify => 'Classify';

  @override
  String get navHistory => 'History';

  @override
  String get navDevices => 'Devices';

  @override
  String get navAccount => 'Account';

  @override
  String get serverTitle => 'Your server';

  @override
  String get serverIntro => 'Photos are classified by a server that you, or somebody you trust, runs. Type its address.';

  @override
  String get serverAddress => 'Server address';

  @override
  String get serverAddressExample => '192.168.1.5:8000';

  @override
  String get serverConnect => 'Connect';

  @override
  String get serverHelpTitle => 'Where do I find the address?';

  @override
  String get serverHelpLan => 'On the computer, start the server with “HOST=0.0.0.0 make run”. It prints the addresses that phones in the same network can use, such as http://192.168.1.5:8000.';

  @override
  String get serverHelpLocalhost => '“localhost” and 127.0.0.1 mean this phone itself, not the computer.';

  @override
  String get serverHelpEmulator => 'In the Android emulator the computer is 10.0.2.2. In the iOS simulator localhost is the computer.';

  @override
  String get addressEmpty => 'Type the address of your server.';

  @override
  String get addressInvalid => 'This is not an address. It looks like 192.168.1.5:8000 or photos.example.org.';

  @override
  String get addressLocalhost => 'This address means the phone itself. Type the computer\'s address in your network, unless this is a simulator.';

  @override
  String get addressInsecure => 'Without https, others on the way can read your password and photos. Use https for servers on the internet.';

  @override
  String get certificateTitle => 'Do you know this certificate?';

  @override
  String certificateBody(String host) {
    return 'No authority vouches for the certificate of $host. That is usual for a server at home that made its own. Compare this fingerprint with the one that is shown on the server, and go on only if they are the same.';
  }

  @override
  String get certificateFingerprint => 'SHA-256 fingerprint';

  @override
  String get certificateTrust => 'It is the same: trust it';

  @override
  String get certificateRefuse => 'Do not connect';

  @override
  String get signInTitle => 'Sign in';

  @override
  String get registerTitle => 'Create an account';

  @override
  String get username => 'User name';

  @override
  String get password => 'Password';

  @override
  String get emailOptional => 'E-mail (optional)';

  @override
  String get signInAction => 'Sign in';

  @override
  String get registerAction => 'Create account';

  @override
  String get toRegister => 'New here? Create an account';

  @override
  String get toSignIn => 'Have an account? Sign in';

  @override
  String serverInUse(String server) {
    return 'Server: $server';
  }

  @override
  String get changeServer => 'Change server';

  @override
  String get sessionEnded => 'You were signed out by the server. Sign in again: photos that are not sent yet are kept, and go on then.';

  @override
  String get usernameEmpty => 'Type your user name.';

  @override
  String get passwordEmpty => 'Type your password.';

  @override
  String get classifyTitle => 'What is it?';

  @override
  String get takePhoto => 'Take a photo';

  @override
  String get choosePhoto => 'Choose photos';

  @override
  String get classifyEmptyTitle => 'What is on your photo?';

  @override
  String get classifyEmptyBody => 'Take a photo or choose some. They are kept until they are classified, even without a network.';

  @override
  String get yourPhoto => 'Your photo';

  @override
  String get uploadPreparing => 'Keeping the photo safe';

  @override
  String get uploadWaiting => 'Waiting to be sent';

  @override
  String uploadSending(String percent) {
    return 'Being sent: $percent';
  }

  @override
  String get uploadAwaitingAnswer => 'Sent. The server is looking at it.';

  @override
  String get uploadDone => 'Classified';

  @override
  String get uploadNeedsYou => 'Needs your decision';

  @override
  String uploadNextTry(String when) {
    return 'Next try in $when.';
  }

  @override
  String get uploadCancel => 'Cancel sending';

  @override
  String get uploadRetry => 'Send again';

  @override
  String get uploadSendNow => 'Send now';

  @override
  String get uploadRemove => 'Remove the photo';

  @override
  String get uploadRemoveTitle => 'Remove this photo?';

  @override
  String get uploadRemoveBody => 'It was not classified. This phone keeps no other copy of it in the app.';

  @override
  String get otherPhotos => 'Other photos';

  @override
  String resultAnnouncement(String label, String percent) {
    return 'Result: $label, $percent';
  }

  @override
  String labelWithShare(String label, String percent) {
    return '$label: $percent';
  }

  @override
  String get pickCameraRefused => 'The app may not use the camera.';

  @override
  String get pickCameraRefusedAdvice => 'Allow the camera in the phone\'s settings for this app, or choose a photo.';

  @override
  String get pickGalleryRefused => 'The app may not see your photos.';

  @override
  String get pickGalleryRefusedAdvice => 'Allow photos in the phone\'s settings for this app, or take one.';

  @override
  String get pickNoCamera => 'This device has no camera that the app can use.';

  @override
  String get pickNoCameraAdvice => 'Choose a photo instead.';

  @override
  String get pickFailed => 'The photo could not be taken over.';

  @override
  String get pickFailedAdvice => 'Try again, or use another photo.';

  @override
  String get historyTitle => 'History';

  @override
  String get historyEmptyTitle => 'No photos yet';

  @override
  String get historyEmptyBody => 'What you classify appears here.';

  @override
  String get historyNoMatchTitle => 'No photos like that';

  @override
  String get historyNoMatchBody => 'Look for something else, or show all photos.';

  @override
  String get historyShowAll => 'Show all';

  @override
  String get filterByLabel => 'Filter by label';

  @override
  String filterActive(String label) {
    return 'Only: $label';
  }

  @override
  String get filterSearch => 'Search labels';

  @override
  String get filterNoMatch => 'No label has this in its name.';

  @override
  String offlineCopy(String when) {
    return 'This is the copy on your phone, saved $when.';
  }

  @override
  String historyDeleted(String label) {
    return '$label deleted';
  }

  @override
  String get historyLoadingMore => 'Loading older photos';

  @override
  String detailPhoto(String label) {
    return 'Photo: $label. Pinch or double-tap to zoom.';
  }

  @override
  String get detailLabels => 'Labels';

  @override
  String get detailWhen => 'Classified';

  @override
  String get detailModel => 'Model';

  @override
  String detailModelVersion(String name) {
    return '$name';
  }

  @override
  String get detailPicture => 'Picture';

  @override
  String detailPictureSize(int width, int height, double megabytes) {
    final intl.NumberFormat megabytesNumberFormat = intl.NumberFormat.decimalPatternDigits(
      locale: localeName,
      decimalDigits: 1
    );
    final String megabytesString = megabytesNumberFormat.format(megabytes);

    return '$width × $height pixels, $megabytesString MB';
  }

  @override
  String get detailChoose => 'Choose a photo to see all about it.';

  @override
  String get devicesTitle => 'Devices';

  @override
  String get devicesIntro => 'Wherever you are signed in. Sign out what you do not know.';

  @override
  String get deviceUnnamed => 'Unnamed device';

  @override
  String get deviceThis => 'This device';

  @override
  String deviceLastUsed(String when) {
    return 'Last used $when';
  }

  @override
  String get deviceNeverUsed => 'Not used yet';

  @override
  String deviceSince(String when) {
    return 'Signed in $when';
  }

  @override
  String deviceExpires(String when) {
    return 'Ends $when if it is not used';
  }

  @override
  String deviceRevoke(String name) {
    return 'Sign out $name';
  }

  @override
  String deviceRevokeTitle(String name) {
    return 'Sign out $name?';
  }

  @override
  String get deviceRevokeBody => 'It has to sign in again with your password.';

  @override
  String get deviceRevokeAction => 'Sign out';

  @override
  String get devicesEmptyTitle => 'No devices';

  @override
  String get devicesEmptyBody => 'Pull down to look again.';

  @override
  String get accountTitle => 'Account';

  @override
  String signedInAs(String username) {
    return 'Signed in as $username';
  }

  @override
  String get sectionAppearance => 'Appearance';

  @override
  String get themeSystem => 'As the phone';

  @override
  String get themeLight => 'Light';

  @override
  String get themeDark => 'Dark';

  @override
  String get sectionPhotos => 'Photos';

  @override
  String get sendOriginals => 'Send originals';

  @override
  String get sendOriginalsBody => 'Photos go out as large as they were taken, not scaled down to 1600 pixels. This takes more data.';

  @override
  String get sectionServer => 'Server';

  @override
  String get serverModel => 'Model in use';

  @override
  String serverModelValue(String name, int classes) {
    final intl.NumberFormat classesNumberFormat = intl.NumberFormat.decimalPattern(localeName);
    final String classesString = classesNumberFormat.format(classes);

    return '$name, $classesString labels';
  }

  @override
  String get serverModelNone => 'No model serves at the moment.';

  @override
  String get sectionSecurity => 'Security';

  @override
  String get changePassword => 'Change password';

  @override
  String get currentPassword => 'Current password';

  @override
  String get newPassword => 'New password';

  @override
  String get newPasswordAgain => 'New password again';

  @override
  String get newPasswordEmpty => 'Type a new password.';

  @override
  String get passwordsDiffer => 'The two are not the same.';

  @override
  String get passwordChanged => 'Password changed. All other devices are signed out.';

  @override
  String get signOut => 'Sign out';

  @override
  String get signOutTitle => 'Sign out on this phone?';

  @override
  String get signOutBody => 'Photos that are not sent yet stay here, and go on when you sign in again.';

  @override
  String get signOutEverywhere => 'Sign out everywhere';

  @override
  String get signOutEverywhereTitle => 'Sign out on all devices?';

  @override
  String get signOutEverywhereBody => 'Every device, this one too, has to sign in again.';

  @override
  String get sectionData => 'Your data';

  @override
  String get exportData => 'Export everything';

  @override
  String get exportDataBody => 'A zip file with all photos and predictions';

  @override
  String get exportRunning => 'The file is being made';

  @override
  String get exportSaved => 'The file is ready.';

  @override
  String get deleteAccount => 'Delete account';

  @override
  String get deleteAccountBody => 'With all photos, on the server and here';

  @override
  String get deleteAccountTitle => 'Delete your account for good?';

  @override
  String deleteAccountWarning(String username) {
    return 'All photos and predictions go with it, on the server and on this phone. This cannot be undone. To go on, type your user name: $username';
  }

  @override
  String get deleteAccountConfirm => 'Delete everything';

  @override
  String errorServerSays(String detail) {
    return 'The server says: $detail';
  }

  @override
  String get errorOffline => 'No connection to the server.';

  @override
  String get errorOfflineAdvice => 'Check the network and the server\'s address.';

  @override
  String get errorBrokenOff => 'The connection broke while the photo was sent.';

  @override
  String get errorBrokenOffAdvice => 'It is sent again, after longer and longer waits. On a slow network a smaller photo helps: crop it, and turn off “Send originals” under Account.';

  @override
  String get errorTimeOut => 'The server did not answer in time.';

  @override
  String get errorTimeOutAdvice => 'Try again in a moment, or where reception is better.';

  @override
  String get errorUnauthorised => 'You are not signed in any more.';

  @override
  String get errorUnauthorisedAdvice => 'Sign in again; nothing is lost.';

  @override
  String get errorThrottled => 'That was more than the server allows in a short time.';

  @override
  String errorThrottledAdvice(String wait) {
    return 'Wait $wait and try again.';
  }

  @override
  String get errorOverloaded => 'The server is busy.';

  @override
  String errorOverloadedAdvice(String wait) {
    return 'Wait $wait and try again.';
  }

  @override
  String get errorModelNotReady => 'The server has no model that answers yet.';

  @override
  String errorModelNotReadyAdvice(String wait) {
    return 'Wait $wait. If it stays so, ask whoever runs the server.';
  }

  @override
  String get errorStorageFull => 'The server\'s disk is full.';

  @override
  String get errorStorageFullAdvice => 'Ask whoever runs the server to make room; photos are kept here until then.';

  @override
  String get errorQuotaExceeded => 'Your account holds as many photos as it may.';

  @override
  String get errorQuotaExceededAdvice => 'Delete old photos in the history, then send this one again.';

  @override
  String get errorServerError => 'The server made a mistake.';

  @override
  String get errorServerErrorAdvice => 'Try again later. If it stays so, tell whoever runs the server.';

  @override
  String get errorMalformedAnswer => 'What answered does not speak this app\'s language.';

  @override
  String get errorMalformedAnswerAdvice => 'Check the server\'s address, and that app and server are of the same version.';

  @override
  String get errorUntrustedCertificate => 'Nobody vouches for the server\'s certificate.';

  @override
  String get errorUntrustedCertificateAdvice => 'If the server has a new certificate, connect to it anew under “Change server” and compare the fingerprint. If not, do not go on in this network.';

  @override
  String get errorForeignOrigin => 'The server sent the app to another server.';

  @override
  String get errorForeignOriginAdvice => 'Check the server\'s address. A hotel or café network may ask you to sign in first.';

  @override
  String get errorCancelled => 'You cancelled this.';

  @override
  String get errorCancelledAdvice => 'Send it again whenever you like, or remove it.';

  @override
  String get errorUnreadableImage => 'The server cannot read this photo.';

  @override
  String get errorUnreadableImageAdvice => 'The file is damaged: take the photo again or choose another.';

  @override
  String get errorUnsupportedImage => 'The server does not take this kind of picture.';

  @override
  String get errorUnsupportedImageAdvice => 'Use a JPEG, PNG, WebP or HEIC picture, or take a photo with the app.';

  @override
  String get errorUploadTooLarge => 'The file is larger than the server allows.';

  @override
  String get errorUploadTooLargeAdvice => 'Turn off “Send originals” under Account and take or choose the photo again.';

  @override
  String get errorImageTooLarge => 'The picture has more pixels than the server allows.';

  @override
  String get errorImageTooLargeAdvice => 'Turn off “Send originals” under Account and take or choose the photo again.';

  @override
  String get errorEmptyImage => 'The photo is empty.';

  @override
  String get errorEmptyImageAdvice => 'Take it again or choose another.';

  @override
  String get errorDigestMismatch => 'The photo was damaged on its way.';

  @override
  String get errorDigestMismatchAdvice => 'It is sent again by itself; nothing is lost.';

  @override
  String get errorIdempotencyKeyReused => 'The server has another photo under this number.';

  @override
  String get errorIdempotencyKeyReusedAdvice => 'Send it again: it gets a new number.';

  @override
  String get errorIdempotencyInProgress => 'The server is still at work on this photo.';

  @override
  String get errorIdempotencyInProgressAdvice => 'Wait a moment; the answer is fetched by itself.';

  @override
  String get errorNotFound => 'This is not on the server any more.';

  @override
  String get errorNotFoundAdvice => 'Pull the list down to bring it up to date.';

  @override
  String get errorWrongCredentials => 'User name or password is wrong.';

  @override
  String get errorWrongCredentialsAdvice => 'Check both, and whether capitals are on.';

  @override
  String get errorWrongResetCode => 'The code is wrong or too old.';

  @override
  String get errorWrongResetCodeAdvice => 'Check the mail, or ask for a new code.';

  @override
  String get errorWrongSecondFactor => 'This code is wrong or was used before.';

  @override
  String get errorWrongSecondFactorAdvice => 'Wait for the next code of your app, or type a recovery code.';

  @override
  String get errorRegistrationClosed => 'This server lets nobody create an account.';

  @override
  String get errorRegistrationClosedAdvice => 'Ask whoever runs it for an account, then sign in.';

  @override
  String get errorForbidden => 'Your account may not do this.';

  @override
  String get errorForbiddenAdvice => 'Ask whoever runs the server, or sign in with another account.';

  @override
  String get errorInvalidInput => 'Something typed is not accepted.';

  @override
  String get errorInvalidInputAdvice => 'Correct it and try again.';

  @override
  String get errorPhotoGone => 'The photo is not on this phone any more.';

  @override
  String get errorPhotoGoneAdvice => 'Remove it here and take or choose it again.';

  @override
  String get errorNoRoomOnPhone => 'This phone has no room left, or refuses to be written to.';

  @override
  String get errorNoRoomOnPhoneAdvice => 'Delete something on the phone and try again.';

  @override
  String get errorUnknownRejection => 'The server said no, and this app does not know why.';

  @override
  String get errorUnknownRejectionAdvice => 'Try again. If it stays so, update the app or tell whoever runs the server.';

  @override
  String get errorKeyStoreRefused => 'This phone does not keep secrets at the moment, so you cannot stay signed in.';

  @override
  String get errorKeyStoreRefusedAdvice => 'Restart the phone and sign in again.';

  @override
  String get errorUnexpected => 'Something went wrong in this app.';

  @override
  String get errorUnexpectedAdvice => 'Try again. If it stays so, send the report that is under Account.';

  @override
  String get problemsTitle => 'Problems in the app';

  @override
  String get problemsBody => 'What went wrong in the app itself, for those who can mend it. Nothing is sent by itself.';

  @override
  String get problemsNone => 'Nothing has gone wrong so far.';

  @override
  String get problemsShare => 'Share the report';

  @override
  String get problemsForget => 'Delete the report';

  @override
  String get problemsShow => 'Details';

  @override
  String get brokenPart => 'This part cannot be shown.';

  @override
  String answerBroader(String label, String percent) {
    return 'Some kind of $label, $percent sure';
  }

  @override
  String answerExact(String percent) {
    return '$percent sure';
  }

  @override
  String get answerUnsureTitle => 'Not sure';

  @override
  String get answerUnsure => 'It may be one of these, or something else.';

  @override
  String get answerOthers => 'It may also be';

  @override
  String get answerCandidates => 'Perhaps';

  @override
  String resultAnnouncementUnsure(String label) {
    return 'Not sure. Perhaps $label.';
  }

  @override
  String get retakeTitle => 'Another photo would do better';

  @override
  String get retakeBlurred => 'It is blurred: hold still, or go a little further away.';

  @override
  String get retakeDark => 'It is too dark: look for more light.';

  @override
  String get retakeBright => 'It is too bright: turn away from the light.';

  @override
  String get retakeTooSmall => 'It has too few pixels: go nearer.';

  @override
  String get retakeBlank => 'There is nothing to be seen in it.';

  @override
  String get retakeAction => 'Take it again';

  @override
  String get feedbackQuestion => 'Is that right?';

  @override
  String get feedbackRight => 'Yes';

  @override
  String get feedbackWrong => 'It is …';

  @override
  String get feedbackNone => 'None of these';

  @override
  String get feedbackSaidRight => 'You said: that is right.';

  @override
  String feedbackSaidWrong(String label) {
    return 'You said: it is $label.';
  }

  @override
  String get feedbackSaidNone => 'You said: it is none of these.';

  @override
  String get feedbackWaits => 'It is sent as soon as the server can be reached.';

  @override
  String get feedbackTakeBack => 'Take it back';

  @override
  String get feedbackStuck => 'The server did not take what you said.';

  @override
  String get labelSearchTitle => 'What is it?';

  @override
  String get labelSearchHint => 'Type a name';

  @override
  String labelSearchNew(String name) {
    return 'It is: $name';
  }

  @override
  String get labelSearchOffline => 'Without the server you can only use the name that you type.';

  @override
  String get actionShare => 'Share';

  @override
  String get actionSave => 'Save to the photos';

  @override
  String get actionDelete => 'Delete';

  @override
  String get actionAgain => 'Classify again';

  @override
  String get actionWhy => 'Where is it?';

  @override
  String get actionWhyHide => 'Hide the colours';

  @override
  String whyShown(String label) {
    return 'Warm colours: what speaks for $label.';
  }

  @override
  String get actionDetails => 'All about it';

  @override
  String get actionMore => 'More';

  @override
  String get savedToPhotos => 'Saved to the phone\'s photos.';

  @override
  String get notSavedToPhotos => 'Not saved: allow this app to add photos in the phone\'s settings.';

  @override
  String get againDone => 'Classified again.';

  @override
  String get undoTooLate => 'Too late: it is deleted.';

  @override
  String shareText(String label, String percent) {
    return '$label, $percent';
  }

  @override
  String get errorNotExplainable => 'This model cannot show where it saw something.';

  @override
  String get errorNotExplainableAdvice => 'Ask whoever runs the server for another model, if you need that.';

  @override
  String get errorNoOnDeviceModel => 'This server has no model for phones.';

  @override
  String get errorNoOnDeviceModelAdvice => 'Photos are classified when the server can be reached.';

  @override
  String get errorSecondFactorRequired => 'This account has a second factor.';

  @override
  String get errorSecondFactorRequiredAdvice => 'Type the code that your app shows, or a recovery code.';

  @override
  String get errorWrongPairingCode => 'This code is wrong, was used before or is too old.';

  @override
  String get errorWrongPairingCodeAdvice => 'Show a new one on the server\'s account page; it is good for five minutes.';

  @override
  String get historySearch => 'Search your photos';

  @override
  String get historyFilter => 'Filter and order';

  @override
  String get historyToday => 'Today';

  @override
  String get historyYesterday => 'Yesterday';

  @override
  String get historyFilterOn => 'Filtered';

  @override
  String get filterAnswer => 'Answer';

  @override
  String get filterFeedback => 'What you said';

  @override
  String get filterOrder => 'Order';

  @override
  String get filterAny => 'Any';

  @override
  String get filterExact => 'Sure';

  @override
  String get filterBroader => 'Only the kind';

  @override
  String get filterUnsure => 'Not sure';

  @override
  String get filterNone => 'Nothing yet';

  @override
  String get filterRight => 'Right';

  @override
  String get filterWrong => 'Wrong';

  @override
  String get filterNewest => 'Newest first';

  @override
  String get filterLeastSure => 'Least sure first';

  @override
  String get filterApply => 'Show';

  @override
  String get pairTitle => 'Read the server\'s code';

  @override
  String get pairIntro => 'The server\'s account page shows a code for phones. It brings the address, the certificate and your account along.';

  @override
  String get pairScan => 'Scan the code';

  @override
  String get pairPaste => 'Paste the code';

  @override
  String get pairNotOne => 'That is no code of such a server.';

  @override
  String get pairNotOneAdvice => 'Open the account page on the server and scan the code for phones that it shows.';

  @override
  String get pairCameraFailed => 'The camera cannot be used. Allow it in the phone\'s settings, or paste the code.';

  @override
  String pairReplaceTitle(String server) {
    return 'Sign out here and use $server instead?';
  }

  @override
  String pairReplaceBody(String current, String username, String server) {
    return 'You are signed in to $current as $username. The code is for $server, perhaps for another account: your next photos would go there. Photos that are not sent yet stay here, and go on when you sign in again as $username.';
  }

  @override
  String get pairReplaceConfirm => 'Sign out and use it';

  @override
  String get serversKnown => 'Servers used before';

  @override
  String get forgotPassword => 'Forgot your password?';

  @override
  String get resetTitle => 'A new password';

  @override
  String get resetIntro => 'Type the e-mail address of your account. If there is one, the server mails a code to it.';

  @override
  String get resetEmail => 'E-mail';

  @override
  String get resetEmailEmpty => 'Type the address of your account.';

  @override
  String get resetSend => 'Send me a code';

  @override
  String resetSent(String email) {
    return 'If an account has the address $email, a code is on its way to it.';
  }

  @override
  String get resetCode => 'Code from the mail';

  @override
  String get resetCodeEmpty => 'Type the code.';

  @override
  String get resetSave => 'Set the new password';

  @override
  String get resetAgain => 'Send another code';

  @override
  String get resetDone => 'Your password is changed. Sign in with the new one.';

  @override
  String get secondFactorCode => 'Code of your second factor';

  @override
  String get backgroundTitle => 'While the app is closed';

  @override
  String get backgroundOn => 'Send what waits';

  @override
  String get backgroundOnBody => 'The phone decides when: on Android mostly within a quarter of an hour of a network, on an iPhone often at night while it charges.';

  @override
  String get backgroundOff => 'Photos go out only while the app is open.';

  @override
  String get wifiOnly => 'Then only on Wi-Fi';

  @override
  String get wifiOnlyBody => 'And not while the battery is low.';

  @override
  String notifyTitle(int count) {
    String _temp0 = intl.Intl.pluralLogic(
      count,
      locale: localeName,
      other: '$count photos are classified',
      one: 'A photo is classified',
    );
    return '$_temp0';
  }

  @override
  String notifyBody(String labels) {
    return '$labels';
  }

  @override
  String get notifyChannel => 'Answers';

  @override
  String get lockTitle => 'Unlock with fingerprint or face';

  @override
  String get lockBody => 'The app asks each time that it is opened.';

  @override
  String get lockReason => 'Unlock your photos';

  @override
  String get lockAction => 'Unlock';

  @override
  String get lockedTitle => 'Locked';

  @override
  String get lockMissing => 'This phone has no lock screen that the app could use.';

  @override
  String get exportShare => 'Hand it over';

  @override
  String get twinTitle => 'Answer on the phone, too';

  @override
  String get twinBody => 'The server\'s model comes to this phone once, about as large as a few photos. Without a network it says what it sees; the server\'s answer takes its place.';

  @override
  String twinAgreement(int same, int all) {
    return 'The same as the server in $same of $all photos.';
  }

  @override
  String provisionalTitle(String label, String percent) {
    return 'For now: $label, $percent';
  }

  @override
  String get provisionalBody => 'This phone says so; the server\'s answer takes its place.';

  @override
  String get cropFirst => 'Crop before sending';

  @override
  String get cropFirstBody => 'A new photo waits on this phone until you have cropped or turned it.';

  @override
  String get cropAction => 'Crop or rotate';

  @override
  String get cropTitle => 'Crop and rotate';

  @override
  String get cropHeld => 'Not sent yet. Crop or rotate it, or send it as it is.';

  @override
  String get cropSend => 'Send';

  @override
  String get cropSendWhole => 'Send as it is';

  @override
  String cropSendAll(int count) {
    return 'Send all $count as they are';
  }

  @override
  String get cropPhoto => 'Your photo. What is inside the frame is sent.';

  @override
  String get cropTurnLeft => 'Rotate left';

  @override
  String get cropTurnRight => 'Rotate right';

  @override
  String get cropWhole => 'Whole photo';

  @override
  String get cropEdgeLeft => 'Left edge';

  @override
  String get cropEdgeTop => 'Upper edge';

  @override
  String get cropEdgeRight => 'Right edge';

  @override
  String get cropEdgeBottom => 'Lower edge';

  @override
  String get cropUnreadable => 'This phone cannot crop this photo.';

  @override
  String get cropUnreadableAdvice => 'It can still be sent as it is.';
}
