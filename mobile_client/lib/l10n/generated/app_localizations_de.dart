import 'package:intl/intl.dart' as intl;

import 'app_localizations.dart';

// ignore_for_file: type=lint

/// The translations for German (`de`).
class AppLocalizationsDe extends AppLocalizations {
  AppLocalizationsDe([String locale = 'de']) : super(locale);

  @override
  String get appTitle => 'Bildklassifizierer';

  @override
  String get retry => 'Noch einmal versuchen';

  @override
  String get cancel => 'Abbrechen';

  @override
  String get close => 'Schließen';

  @override
  String get undo => 'Rückgängig';

  @override
  String get loading => 'Wird geladen';

  @override
  String get showPassword => 'Passwort anzeigen';

  @override
  String get hidePassword => 'Passwort verbergen';

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
      other: '$count Sekunden',
      one: '1 Sekunde',
    );
    return '$_temp0';
  }

  @override
  String durationMinutes(int count) {
    String _temp0 = intl.Intl.pluralLogic(
      count,
      locale: localeName,
      other: '$count Minuten',
      one: '1 Minute',
    );
    return '$_temp0';
  }

  @override
  String momentOf(String date, String time) {
    return '$date, $time';
  }

  @override
  String get navClassify => 'Erkennen';

  @override
  String get navHistory => 'Verlauf';

  @override
  String get navDevices => 'Geräte';

  @override
  String get navAccount => 'Konto';

  @override
  String get serverTitle => 'Ihr Server';

  @override
  String get serverIntro => 'Fotos erkennt ein Server, den Sie oder jemand, dem Sie vertrauen, betreibt. Geben Sie seine Adresse ein.';

  @override
  String get serverAddress => 'Adresse des Servers';

  @override
  String get serverAddressExample => '192.168.1.5:8000';

  @override
  String get serverConnect => 'Verbinden';

  @override
  String get serverHelpTitle => 'Wo finde ich die Adresse?';

  @override
  String get serverHelpLan => 'Starten Sie den Server auf dem Computer mit „HOST=0.0.0.0 make run“. Er nennt die Adressen, unter denen ihn Telefone im selben Netz erreichen, etwa http://192.168.1.5:8000.';

  @override
  String get serverHelpLocalhost => '„localhost“ und 127.0.0.1 bedeuten dieses Telefon selbst, nicht den Computer.';

  @override
  String get serverHelpEmulator => 'Im Android-Emulator ist der Computer 10.0.2.2. Im iOS-Simulator ist localhost der Computer.';

  @override
  String get addressEmpty => 'Geben Sie die Adresse Ihres Servers ein.';

  @override
  String get addressInvalid => 'Das ist keine Adresse. Sie sieht aus wie 192.168.1.5:8000 oder photos.example.org.';

  @override
  String get addressLocalhost => 'Diese Adresse bedeutet das Telefon selbst. Geben Sie die Adresse des Computers in Ihrem Netz ein, außer in einem Simulator.';

  @override
  String get addressInsecure => 'Ohne https können andere auf dem Weg Ihr Passwort und Ihre Fotos lesen. Nehmen Sie https für Server im Internet.';

  @override
  String get certificateTitle => 'Kennen Sie dieses Zertifikat?';

  @override
  String certificateBody(String host) {
    return 'Keine Stelle bürgt für das Zertifikat von $host. Das ist üblich bei einem Server zu Hause, der es selbst gemacht hat. Vergleichen Sie diesen Fingerabdruck mit dem, den der Server zeigt, und machen Sie nur weiter, wenn sie gleich sind.';
  }

  @override
  String get certificateFingerprint => 'SHA-256-Fingerabdruck';

  @override
  String get certificateTrust => 'Er ist gleich: vertrauen';

  @override
  String get certificateRefuse => 'Nicht verbinden';

  @override
  String get signInTitle => 'Anmelden';

  @override
  String get registerTitle => 'Konto anlegen';

  @override
  String get username => 'Benutzername';

  @override
  String get password => 'Passwort';

  @override
  String get emailOptional => 'E-Mail (freiwillig)';

  @override
  String get signInAction => 'Anmelden';

  @override
  String get registerAction => 'Konto anlegen';

  @override
  String get toRegister => 'Neu hier? Konto anlegen';

  @override
  String get toSignIn => 'Schon ein Konto? Anmelden';

  @override
  String serverInUse(String server) {
    return 'Server: $server';
  }

  @override
  String get changeServer => 'Server wechseln';

  @override
  String get sessionEnded => 'Der Server hat Sie abgemeldet. Melden Sie sich wieder an: noch nicht gesendete Fotos sind da und gehen dann weiter.';

  @override
  String get usernameEmpty => 'Geben Sie Ihren Benutzernamen ein.';

  @override
  String get passwordEmpty => 'Geben Sie Ihr Passwort ein.';

  @override
  String get classifyTitle => 'Was ist das?';

  @override
  String get takePhoto => 'Foto aufnehmen';

  @override
  String get choosePhoto => 'Fotos auswählen';

  @override
  String get classifyEmptyTitle => 'Was ist auf Ihrem Foto?';

  @override
  String get classifyEmptyBody => 'Nehmen Sie ein Foto auf oder wählen Sie welche. Sie bleiben da, bis sie erkannt sind, auch ohne Netz.';

  @override
  String get yourPhoto => 'Ihr Foto';

  @override
  String get uploadPreparing => 'Das Foto wird gesichert';

  @override
  String get uploadWaiting => 'Wartet auf das Senden';

  @override
  String uploadSending(String percent) {
    return 'Wird gesendet: $percent';
  }

  @override
  String get uploadAwaitingAnswer => 'Gesendet. Der Server sieht es sich an.';

  @override
  String get uploadDone => 'Erkannt';

  @override
  String get uploadNeedsYou => 'Braucht Ihre Entscheidung';

  @override
  String uploadNextTry(String when) {
    return 'Nächster Versuch in $when.';
  }

  @override
  String get uploadCancel => 'Senden abbrechen';

  @override
  String get uploadRetry => 'Noch einmal senden';

  @override
  String get uploadSendNow => 'Jetzt senden';

  @override
  String get uploadRemove => 'Foto entfernen';

  @override
  String get uploadRemoveTitle => 'Dieses Foto entfernen?';

  @override
  String get uploadRemoveBody => 'Es wurde nicht erkannt. In der App gibt es keine andere Kopie davon.';

  @override
  String get otherPhotos => 'Weitere Fotos';

  @override
  String resultAnnouncement(String label, String percent) {
    return 'Ergebnis: $label, $percent';
  }

  @override
  String labelWithShare(String label, String percent) {
    return '$label: $percent';
  }

  @override
  String get pickCameraRefused => 'Die App darf die Kamera nicht benutzen.';

  @override
  String get pickCameraRefusedAdvice => 'Erlauben Sie die Kamera in den Einstellungen des Telefons für diese App, oder wählen Sie ein Foto aus.';

  @override
  String get pickGalleryRefused => 'Die App darf Ihre Fotos nicht sehen.';

  @override
  String get pickGalleryRefusedAdvice => 'Erlauben Sie Fotos in den Einstellungen des Telefons für diese App, oder nehmen Sie eins auf.';

  @override
  String get pickNoCamera => 'Dieses Gerät hat keine Kamera, die die App benutzen kann.';

  @override
  String get pickNoCameraAdvice => 'Wählen Sie stattdessen ein Foto aus.';

  @override
  String get pickFailed => 'Das Foto konnte nicht übernommen werden.';

  @override
  String get pickFailedAdvice => 'Versuchen Sie es noch einmal, oder nehmen Sie ein anderes Foto.';

  @override
  String get historyTitle => 'Verlauf';

  @override
  String get historyEmptyTitle => 'Noch keine Fotos';

  @override
  String get historyEmptyBody => 'Was Sie erkennen lassen, erscheint hier.';

  @override
  String get historyNoMatchTitle => 'Keine solchen Fotos';

  @override
  String get historyNoMatchBody => 'Suchen Sie etwas anderes, oder zeigen Sie alle Fotos.';

  @override
  String get historyShowAll => 'Alle anzeigen';

  @override
  String get filterByLabel => 'Nach Bezeichnung filtern';

  @override
  String filterActive(String label) {
    return 'Nur: $label';
  }

  @override
  String get filterSearch => 'Bezeichnungen suchen';

  @override
  String get filterNoMatch => 'Keine Bezeichnung enthält das.';

  @override
  String offlineCopy(String when) {
    return 'Das ist die Kopie auf Ihrem Telefon, gesichert $when.';
  }

  @override
  String historyDeleted(String label) {
    return '$label gelöscht';
  }

  @override
  String get historyLoadingMore => 'Ältere Fotos werden geladen';

  @override
  String detailPhoto(String label) {
    return 'Foto: $label. Zum Vergrößern mit zwei Fingern ziehen oder doppelt tippen.';
  }

  @override
  String get detailLabels => 'Bezeichnungen';

  @override
  String get detailWhen => 'Erkannt';

  @override
  String get detailModel => 'Modell';

  @override
  String detailModelVersion(String name) {
    return '$name';
  }

  @override
  String get detailPicture => 'Bild';

  @override
  String detailPictureSize(int width, int height, double megabytes) {
    final intl.NumberFormat megabytesNumberFormat = intl.NumberFormat.decimalPatternDigits(
      locale: localeName,
      decimalDigits: 1
    );
    final String megabytesString = megabytesNumberFormat.format(megabytes);

    return '$width × $height Pixel, $megabytesString MB';
  }

  @override
  String get detailChoose => 'Wählen Sie ein Foto, um alles darüber zu sehen.';

  @override
  String get devicesTitle => 'Geräte';

  @override
  String get devicesIntro => 'Überall, wo Sie angemeldet sind. Melden Sie ab, was Sie nicht kennen.';

  @override
  String get deviceUnnamed => 'Gerät ohne Namen';

  @override
  String get deviceThis => 'Dieses Gerät';

  @override
  String deviceLastUsed(String when) {
    return 'Zuletzt benutzt $when';
  }

  @override
  String get deviceNeverUsed => 'Noch nicht benutzt';

  @override
  String deviceSince(String when) {
    return 'Angemeldet $when';
  }

  @override
  String deviceExpires(String when) {
    return 'Endet $when, wenn es nicht benutzt wird';
  }

  @override
  String deviceRevoke(String name) {
    return '$name abmelden';
  }

  @override
  String deviceRevokeTitle(String name) {
    return '$name abmelden?';
  }

  @override
  String get deviceRevokeBody => 'Es muss sich mit Ihrem Passwort neu anmelden.';

  @override
  String get deviceRevokeAction => 'Abmelden';

  @override
  String get devicesEmptyTitle => 'Keine Geräte';

  @override
  String get devicesEmptyBody => 'Ziehen Sie nach unten, um noch einmal nachzusehen.';

  @override
  String get accountTitle => 'Konto';

  @override
  String signedInAs(String username) {
    return 'Angemeldet als $username';
  }

  @override
  String get sectionAppearance => 'Aussehen';

  @override
  String get themeSystem => 'Wie das Telefon';

  @override
  String get themeLight => 'Hell';

  @override
  String get themeDark => 'Dunkel';

  @override
  String get sectionPhotos => 'Fotos';

  @override
  String get sendOriginals => 'Originale senden';

  @override
  String get sendOriginalsBody => 'Fotos gehen so groß hinaus, wie sie aufgenommen wurden, nicht auf 1600 Pixel verkleinert. Das braucht mehr Datenvolumen.';

  @override
  String get sectionServer => 'Server';

  @override
  String get serverModel => 'Modell im Einsatz';

  @override
  String serverModelValue(String name, int classes) {
    final intl.NumberFormat classesNumberFormat = intl.NumberFormat.decimalPattern(localeName);
    final String classesString = classesNumberFormat.format(classes);

    return '$name, $classesString Bezeichnungen';
  }

  @override
  String get serverModelNone => 'Zurzeit antwortet kein Modell.';

  @override
  String get sectionSecurity => 'Sicherheit';

  @override
  String get changePassword => 'Passwort ändern';

  @override
  String get currentPassword => 'Bisheriges Passwort';

  @override
  String get newPassword => 'Neues Passwort';

  @override
  String get newPasswordAgain => 'Neues Passwort noch einmal';

  @override
  String get newPasswordEmpty => 'Geben Sie ein neues Passwort ein.';

  @override
  String get passwordsDiffer => 'Die beiden sind nicht gleich.';

  @override
  String get passwordChanged => 'Passwort geändert. Alle anderen Geräte sind abgemeldet.';

  @override
  String get signOut => 'Abmelden';

  @override
  String get signOutTitle => 'Auf diesem Telefon abmelden?';

  @override
  String get signOutBody => 'Noch nicht gesendete Fotos bleiben hier und gehen weiter, wenn Sie sich wieder anmelden.';

  @override
  String get signOutEverywhere => 'Überall abmelden';

  @override
  String get signOutEverywhereTitle => 'Auf allen Geräten abmelden?';

  @override
  String get signOutEverywhereBody => 'Jedes Gerät, auch dieses, muss sich neu anmelden.';

  @override
  String get sectionData => 'Ihre Daten';

  @override
  String get exportData => 'Alles exportieren';

  @override
  String get exportDataBody => 'Eine zip-Datei mit allen Fotos und Ergebnissen';

  @override
  String get exportRunning => 'Die Datei wird gemacht';

  @override
  String get exportSaved => 'Die Datei ist fertig.';

  @override
  String get deleteAccount => 'Konto löschen';

  @override
  String get deleteAccountBody => 'Mit allen Fotos, auf dem Server und hier';

  @override
  String get deleteAccountTitle => 'Ihr Konto endgültig löschen?';

  @override
  String deleteAccountWarning(String username) {
    return 'Alle Fotos und Ergebnisse werden mitgelöscht, auf dem Server und auf diesem Telefon. Das lässt sich nicht rückgängig machen. Um weiterzumachen, geben Sie Ihren Benutzernamen ein: $username';
  }

  @override
  String get deleteAccountConfirm => 'Alles löschen';

  @override
  String errorServerSays(String detail) {
    return 'Der Server sagt: $detail';
  }

  @override
  String get errorOffline => 'Keine Verbindung zum Server.';

  @override
  String get errorOfflineAdvice => 'Prüfen Sie das Netz und die Adresse des Servers.';

  @override
  String get errorBrokenOff => 'Die Verbindung brach ab, während das Foto gesendet wurde.';

  @override
  String get errorBrokenOffAdvice => 'Es wird nach immer längeren Pausen neu gesendet. In einem langsamen Netz hilft ein kleineres Foto: Schneiden Sie es zu, und schalten Sie „Originale senden“ unter Konto aus.';

  @override
  String get errorTimeOut => 'Der Server hat nicht rechtzeitig geantwortet.';

  @override
  String get errorTimeOutAdvice => 'Versuchen Sie es gleich noch einmal, oder dort, wo der Empfang besser ist.';

  @override
  String get errorUnauthorised => 'Sie sind nicht mehr angemeldet.';

  @override
  String get errorUnauthorisedAdvice => 'Melden Sie sich wieder an; nichts geht verloren.';

  @override
  String get errorThrottled => 'Das war mehr, als der Server in kurzer Zeit erlaubt.';

  @override
  String errorThrottledAdvice(String wait) {
    return 'Warten Sie $wait und versuchen Sie es noch einmal.';
  }

  @override
  String get errorOverloaded => 'Der Server ist beschäftigt.';

  @override
  String errorOverloadedAdvice(String wait) {
    return 'Warten Sie $wait und versuchen Sie es noch einmal.';
  }

  @override
  String get errorModelNotReady => 'Der Server hat noch kein Modell, das antwortet.';

  @override
  String errorModelNotReadyAdvice(String wait) {
    return 'Warten Sie $wait. Bleibt es so, fragen Sie, wer den Server betreibt.';
  }

  @override
  String get errorStorageFull => 'Der Speicher des Servers ist voll.';

  @override
  String get errorStorageFullAdvice => 'Bitten Sie den, der den Server betreibt, Platz zu schaffen; Fotos bleiben so lange hier.';

  @override
  String get errorQuotaExceeded => 'Ihr Konto hat so viele Fotos, wie es haben darf.';

  @override
  String get errorQuotaExceededAdvice => 'Löschen Sie alte Fotos im Verlauf und senden Sie dieses dann noch einmal.';

  @override
  String get errorServerError => 'Dem Server ist ein Fehler unterlaufen.';

  @override
  String get errorServerErrorAdvice => 'Versuchen Sie es später noch einmal. Bleibt es so, sagen Sie es dem, der den Server betreibt.';

  @override
  String get errorMalformedAnswer => 'Was geantwortet hat, spricht nicht die Sprache dieser App.';

  @override
  String get errorMalformedAnswerAdvice => 'Prüfen Sie die Adresse des Servers, und dass App und Server von derselben Version sind.';

  @override
  String get errorUntrustedCertificate => 'Niemand bürgt für das Zertifikat des Servers.';

  @override
  String get errorUntrustedCertificateAdvice => 'Hat der Server ein neues Zertifikat, verbinden Sie sich unter „Server wechseln“ neu und vergleichen Sie den Fingerabdruck. Wenn nicht, machen Sie in diesem Netz nicht weiter.';

  @override
  String get errorForeignOrigin => 'Der Server hat die App zu einem anderen Server geschickt.';

  @override
  String get errorForeignOriginAdvice => 'Prüfen Sie die Adresse des Servers. Vielleicht will ein Hotel- oder Café-Netz zuerst eine Anmeldung.';

  @override
  String get errorCancelled => 'Sie haben das abgebrochen.';

  @override
  String get errorCancelledAdvice => 'Senden Sie es noch einmal, wann Sie wollen, oder entfernen Sie es.';

  @override
  String get errorUnreadableImage => 'Der Server kann dieses Foto nicht lesen.';

  @override
  String get errorUnreadableImageAdvice => 'Die Datei ist beschädigt: Nehmen Sie das Foto neu auf oder wählen Sie ein anderes.';

  @override
  String get errorUnsupportedImage => 'Diese Art von Bild nimmt der Server nicht.';

  @override
  String get errorUnsupportedImageAdvice => 'Nehmen Sie ein Bild als JPEG, PNG, WebP oder HEIC, oder fotografieren Sie mit der App.';

  @override
  String get errorUploadTooLarge => 'Die Datei ist größer, als der Server erlaubt.';

  @override
  String get errorUploadTooLargeAdvice => 'Schalten Sie „Originale senden“ unter Konto aus und nehmen oder wählen Sie das Foto neu.';

  @override
  String get errorImageTooLarge => 'Das Bild hat mehr Pixel, als der Server erlaubt.';

  @override
  String get errorImageTooLargeAdvice => 'Schalten Sie „Originale senden“ unter Konto aus und nehmen oder wählen Sie das Foto neu.';

  @override
  String get errorEmptyImage => 'Das Foto ist leer.';

  @override
  String get errorEmptyImageAdvice => 'Nehmen Sie es neu auf oder wählen Sie ein anderes.';

  @override
  String get errorDigestMismatch => 'Das Foto wurde unterwegs beschädigt.';

  @override
  String get errorDigestMismatchAdvice => 'Es wird von selbst noch einmal gesendet; nichts geht verloren.';

  @override
  String get errorIdempotencyKeyReused => 'Der Server hat unter dieser Nummer ein anderes Foto.';

  @override
  String get errorIdempotencyKeyReusedAdvice => 'Senden Sie es noch einmal: Es bekommt eine neue Nummer.';

  @override
  String get errorIdempotencyInProgress => 'Der Server arbeitet noch an diesem Foto.';

  @override
  String get errorIdempotencyInProgressAdvice => 'Warten Sie einen Moment; die Antwort wird von selbst geholt.';

  @override
  String get errorNotFound => 'Das gibt es auf dem Server nicht mehr.';

  @override
  String get errorNotFoundAdvice => 'Ziehen Sie die Liste nach unten, um sie zu erneuern.';

  @override
  String get errorWrongCredentials => 'Benutzername oder Passwort ist falsch.';

  @override
  String get errorWrongCredentialsAdvice => 'Prüfen Sie beides, auch Groß- und Kleinschreibung.';

  @override
  String get errorWrongResetCode => 'Der Code ist falsch oder zu alt.';

  @override
  String get errorWrongResetCodeAdvice => 'Sehen Sie in der Mail nach, oder fordern Sie einen neuen Code an.';

  @override
  String get errorWrongSecondFactor => 'Dieser Code ist falsch oder wurde schon benutzt.';

  @override
  String get errorWrongSecondFactorAdvice => 'Warten Sie auf den nächsten Code Ihrer App, oder geben Sie einen Ersatzcode ein.';

  @override
  String get errorRegistrationClosed => 'Auf diesem Server kann niemand ein Konto anlegen.';

  @override
  String get errorRegistrationClosedAdvice => 'Bitten Sie den, der ihn betreibt, um ein Konto, und melden Sie sich dann an.';

  @override
  String get errorForbidden => 'Ihr Konto darf das nicht.';

  @override
  String get errorForbiddenAdvice => 'Fragen Sie den, der den Server betreibt, oder melden Sie sich mit einem anderen Konto an.';

  @override
  String get errorInvalidInput => 'Etwas Eingegebenes wird nicht angenommen.';

  @override
  String get errorInvalidInputAdvice => 'Berichtigen Sie es und versuchen Sie es noch einmal.';

  @override
  String get errorPhotoGone => 'Das Foto ist nicht mehr auf diesem Telefon.';

  @override
  String get errorPhotoGoneAdvice => 'Entfernen Sie es hier und nehmen oder wählen Sie es neu.';

  @override
  String get errorNoRoomOnPhone => 'Auf diesem Telefon ist kein Platz mehr, oder es lässt sich nicht beschreiben.';

  @override
  String get errorNoRoomOnPhoneAdvice => 'Löschen Sie etwas auf dem Telefon und versuchen Sie es noch einmal.';

  @override
  String get errorUnknownRejection => 'Der Server hat abgelehnt, und diese App weiß nicht, warum.';

  @override
  String get errorUnknownRejectionAdvice => 'Versuchen Sie es noch einmal. Bleibt es so, erneuern Sie die App oder sagen Sie es dem, der den Server betreibt.';

  @override
  String get errorKeyStoreRefused => 'Dieses Telefon bewahrt zurzeit nichts Geheimes auf, deshalb können Sie nicht angemeldet bleiben.';

  @override
  String get errorKeyStoreRefusedAdvice => 'Starten Sie das Telefon neu und melden Sie sich wieder an.';

  @override
  String get errorUnexpected => 'In dieser App ist etwas schiefgegangen.';

  @override
  String get errorUnexpectedAdvice => 'Versuchen Sie es noch einmal. Bleibt es so, senden Sie den Bericht, der unter Konto steht.';

  @override
  String get problemsTitle => 'Probleme in der App';

  @override
  String get problemsBody => 'Was in der App selbst schiefging, für die, die es beheben können. Nichts wird von selbst gesendet.';

  @override
  String get problemsNone => 'Bisher ist nichts schiefgegangen.';

  @override
  String get problemsShare => 'Bericht teilen';

  @override
  String get problemsForget => 'Bericht löschen';

  @override
  String get problemsShow => 'Einzelheiten';

  @override
  String get brokenPart => 'Dieser Teil lässt sich nicht anzeigen.';

  @override
  String answerBroader(String label, String percent) {
    return 'Eine Art von $label, zu $percent sicher';
  }

  @override
  String answerExact(String percent) {
    return 'Zu $percent sicher';
  }

  @override
  String get answerUnsureTitle => 'Nicht sicher';

  @override
  String get answerUnsure => 'Es kann eins davon sein, oder etwas anderes.';

  @override
  String get answerOthers => 'Es kann auch sein';

  @override
  String get answerCandidates => 'Vielleicht';

  @override
  String resultAnnouncementUnsure(String label) {
    return 'Nicht sicher. Vielleicht $label.';
  }

  @override
  String get retakeTitle => 'Ein anderes Foto wäre besser';

  @override
  String get retakeBlurred => 'Es ist unscharf: Halten Sie still, oder gehen Sie etwas weiter weg.';

  @override
  String get retakeDark => 'Es ist zu dunkel: Suchen Sie mehr Licht.';

  @override
  String get retakeBright => 'Es ist zu hell: Drehen Sie sich vom Licht weg.';

  @override
  String get retakeTooSmall => 'Es hat zu wenige Pixel: Gehen Sie näher heran.';

  @override
  String get retakeBlank => 'Es ist nichts darauf zu sehen.';

  @override
  String get retakeAction => 'Neu aufnehmen';

  @override
  String get feedbackQuestion => 'Stimmt das?';

  @override
  String get feedbackRight => 'Ja';

  @override
  String get feedbackWrong => 'Es ist …';

  @override
  String get feedbackNone => 'Nichts davon';

  @override
  String get feedbackSaidRight => 'Sie sagten: Das stimmt.';

  @override
  String feedbackSaidWrong(String label) {
    return 'Sie sagten: Es ist $label.';
  }

  @override
  String get feedbackSaidNone => 'Sie sagten: Es ist nichts davon.';

  @override
  String get feedbackWaits => 'Es wird gesendet, sobald der Server erreichbar ist.';

  @override
  String get feedbackTakeBack => 'Zurücknehmen';

  @override
  String get feedbackStuck => 'Der Server hat nicht angenommen, was Sie sagten.';

  @override
  String get labelSearchTitle => 'Was ist es?';

  @override
  String get labelSearchHint => 'Namen eingeben';

  @override
  String labelSearchNew(String name) {
    return 'Es ist: $name';
  }

  @override
  String get labelSearchOffline => 'Ohne den Server geht nur der Name, den Sie eingeben.';

  @override
  String get actionShare => 'Teilen';

  @override
  String get actionSave => 'In den Fotos sichern';

  @override
  String get actionDelete => 'Löschen';

  @override
  String get actionAgain => 'Noch einmal erkennen';

  @override
  String get actionWhy => 'Wo ist es?';

  @override
  String get actionWhyHide => 'Farben ausblenden';

  @override
  String whyShown(String label) {
    return 'Warme Farben: was für $label spricht.';
  }

  @override
  String get actionDetails => 'Alles dazu';

  @override
  String get actionMore => 'Mehr';

  @override
  String get savedToPhotos => 'In den Fotos des Telefons gesichert.';

  @override
  String get notSavedToPhotos => 'Nicht gesichert: Erlauben Sie der App in den Einstellungen, Fotos hinzuzufügen.';

  @override
  String get againDone => 'Noch einmal erkannt.';

  @override
  String get undoTooLate => 'Zu spät: Es ist gelöscht.';

  @override
  String shareText(String label, String percent) {
    return '$label, $percent';
  }

  @override
  String get errorNotExplainable => 'Dieses Modell kann nicht zeigen, wo es etwas sah.';

  @override
  String get errorNotExplainableAdvice => 'Fragen Sie den, der den Server betreibt, nach einem anderen Modell, wenn Sie das brauchen.';

  @override
  String get errorNoOnDeviceModel => 'Dieser Server hat kein Modell für Telefone.';

  @override
  String get errorNoOnDeviceModelAdvice => 'Fotos werden erkannt, wenn der Server erreichbar ist.';

  @override
  String get errorSecondFactorRequired => 'Dieses Konto hat einen zweiten Faktor.';

  @override
  String get errorSecondFactorRequiredAdvice => 'Geben Sie den Code ein, den Ihre App zeigt, oder einen Ersatzcode.';

  @override
  String get errorWrongPairingCode => 'Dieser Code ist falsch, schon benutzt oder zu alt.';

  @override
  String get errorWrongPairingCodeAdvice => 'Zeigen Sie auf der Kontoseite des Servers einen neuen an; er gilt fünf Minuten.';

  @override
  String get historySearch => 'In Ihren Fotos suchen';

  @override
  String get historyFilter => 'Filtern und ordnen';

  @override
  String get historyToday => 'Heute';

  @override
  String get historyYesterday => 'Gestern';

  @override
  String get historyFilterOn => 'Gefiltert';

  @override
  String get filterAnswer => 'Antwort';

  @override
  String get filterFeedback => 'Was Sie sagten';

  @override
  String get filterOrder => 'Reihenfolge';

  @override
  String get filterAny => 'Alle';

  @override
  String get filterExact => 'Sicher';

  @override
  String get filterBroader => 'Nur die Art';

  @override
  String get filterUnsure => 'Nicht sicher';

  @override
  String get filterNone => 'Noch nichts';

  @override
  String get filterRight => 'Richtig';

  @override
  String get filterWrong => 'Falsch';

  @override
  String get filterNewest => 'Neueste zuerst';

  @override
  String get filterLeastSure => 'Unsicherste zuerst';

  @override
  String get filterApply => 'Anzeigen';

  @override
  String get pairTitle => 'Den Code des Servers lesen';

  @override
  String get pairIntro => 'Die Kontoseite des Servers zeigt einen Code für Telefone. Er bringt Adresse, Zertifikat und Ihr Konto mit.';

  @override
  String get pairScan => 'Code scannen';

  @override
  String get pairPaste => 'Code einfügen';

  @override
  String get pairNotOne => 'Das ist kein Code eines solchen Servers.';

  @override
  String get pairNotOneAdvice => 'Öffnen Sie die Kontoseite auf dem Server und scannen Sie den Code für Telefone.';

  @override
  String get pairCameraFailed => 'Die Kamera lässt sich nicht benutzen. Erlauben Sie sie in den Einstellungen, oder fügen Sie den Code ein.';

  @override
  String pairReplaceTitle(String server) {
    return 'Hier abmelden und stattdessen $server benutzen?';
  }

  @override
  String pairReplaceBody(String current, String username, String server) {
    return 'Sie sind bei $current als $username angemeldet. Der Code ist für $server, vielleicht für ein anderes Konto: Ihre nächsten Fotos gingen dorthin. Noch nicht gesendete Fotos bleiben hier und gehen weiter, wenn Sie sich wieder als $username anmelden.';
  }

  @override
  String get pairReplaceConfirm => 'Abmelden und benutzen';

  @override
  String get serversKnown => 'Früher benutzte Server';

  @override
  String get forgotPassword => 'Passwort vergessen?';

  @override
  String get resetTitle => 'Ein neues Passwort';

  @override
  String get resetIntro => 'Geben Sie die E-Mail-Adresse Ihres Kontos ein. Gibt es eines, schickt der Server einen Code dorthin.';

  @override
  String get resetEmail => 'E-Mail';

  @override
  String get resetEmailEmpty => 'Geben Sie die Adresse Ihres Kontos ein.';

  @override
  String get resetSend => 'Code schicken';

  @override
  String resetSent(String email) {
    return 'Hat ein Konto die Adresse $email, ist ein Code dorthin unterwegs.';
  }

  @override
  String get resetCode => 'Code aus der Mail';

  @override
  String get resetCodeEmpty => 'Geben Sie den Code ein.';

  @override
  String get resetSave => 'Neues Passwort setzen';

  @override
  String get resetAgain => 'Noch einen Code schicken';

  @override
  String get resetDone => 'Ihr Passwort ist geändert. Melden Sie sich mit dem neuen an.';

  @override
  String get secondFactorCode => 'Code Ihres zweiten Faktors';

  @override
  String get backgroundTitle => 'Während die App geschlossen ist';

  @override
  String get backgroundOn => 'Senden, was wartet';

  @override
  String get backgroundOnBody => 'Das Telefon entscheidet, wann: Android meist innerhalb einer Viertelstunde mit Netz, ein iPhone oft nachts beim Laden.';

  @override
  String get backgroundOff => 'Fotos gehen nur hinaus, solange die App offen ist.';

  @override
  String get wifiOnly => 'Dann nur im WLAN';

  @override
  String get wifiOnlyBody => 'Und nicht, wenn der Akku fast leer ist.';

  @override
  String notifyTitle(int count) {
    String _temp0 = intl.Intl.pluralLogic(
      count,
      locale: localeName,
      other: '$count Fotos sind erkannt',
      one: 'Ein Foto ist erkannt',
    );
    return '$_temp0';
  }

  @override
  String notifyBody(String labels) {
    return '$labels';
  }

  @override
  String get notifyChannel => 'Antworten';

  @override
  String get lockTitle => 'Mit Fingerabdruck oder Gesicht entsperren';

  @override
  String get lockBody => 'Die App fragt jedes Mal, wenn sie geöffnet wird.';

  @override
  String get lockReason => 'Entsperren Sie Ihre Fotos';

  @override
  String get lockAction => 'Entsperren';

  @override
  String get lockedTitle => 'Gesperrt';

  @override
  String get lockMissing => 'Dieses Telefon hat keine Bildschirmsperre, die die App benutzen kann.';

  @override
  String get exportShare => 'Weitergeben';

  @override
  String get twinTitle => 'Auch auf dem Telefon antworten';

  @override
  String get twinBody => 'Das Modell des Servers kommt einmal auf dieses Telefon, etwa so groß wie ein paar Fotos. Ohne Netz sagt es, was es sieht; die Antwort des Servers tritt an seine Stelle.';

  @override
  String twinAgreement(int same, int all) {
    return 'In $same von $all Fotos dasselbe wie der Server.';
  }

  @override
  String provisionalTitle(String label, String percent) {
    return 'Vorläufig: $label, $percent';
  }

  @override
  String get provisionalBody => 'Das sagt dieses Telefon; die Antwort des Servers tritt an seine Stelle.';

  @override
  String get cropFirst => 'Vor dem Senden zuschneiden';

  @override
  String get cropFirstBody => 'Ein neues Foto wartet auf diesem Telefon, bis Sie es zugeschnitten oder gedreht haben.';

  @override
  String get cropAction => 'Zuschneiden oder drehen';

  @override
  String get cropTitle => 'Zuschneiden und drehen';

  @override
  String get cropHeld => 'Noch nicht gesendet. Schneiden Sie es zu, drehen Sie es, oder senden Sie es, wie es ist.';

  @override
  String get cropSend => 'Senden';

  @override
  String get cropSendWhole => 'So senden, wie es ist';

  @override
  String cropSendAll(int count) {
    return 'Alle $count so senden, wie sie sind';
  }

  @override
  String get cropPhoto => 'Ihr Foto. Gesendet wird, was im Rahmen ist.';

  @override
  String get cropTurnLeft => 'Nach links drehen';

  @override
  String get cropTurnRight => 'Nach rechts drehen';

  @override
  String get cropWhole => 'Ganzes Foto';

  @override
  String get cropEdgeLeft => 'Linker Rand';

  @override
  String get cropEdgeTop => 'Oberer Rand';

  @override
  String get cropEdgeRight => 'Rechter Rand';

  @override
  String get cropEdgeBottom => 'Unterer Rand';

  @override
  String get cropUnreadable => 'Dieses Telefon kann dieses Foto nicht zuschneiden.';

  @override
  String get cropUnreadableAdvice => 'Es kann trotzdem gesendet werden, wie es ist.';
}
