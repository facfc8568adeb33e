import 'dart:async';

import 'package:flutter/foundation.dart';
import 'package:flutter/widgets.dart';
import 'package:flutter_localizations/flutter_localizations.dart';
import 'package:intl/intl.dart' as intl;

import 'app_localizations_de.dart';
import 'app_localizations_en.dart';

// ignore_for_file: type=lint

/// Callers can lookup localized strings with an instance of AppLocalizations
/// returned by `AppLocalizations.of(context)`.
///
/// Applications need to include `AppLocalizations.delegate()` in their app's
/// `localizationDelegates` list, and the locales they support in the app's
/// `supportedLocales` list. For example:
///
/// ```dart
/// import 'generated/app_localizations.dart';
///
/// return MaterialApp(
///   localizationsDelegates: AppLocalizations.localizationsDelegates,
///   supportedLocales: AppLocalizations.supportedLocales,
///   home: MyApplicationHome(),
/// );
/// ```
///
/// ## Update pubspec.yaml
///
/// Please make sure to update your pubspec.yaml to include the following
/// packages:
///
/// ```yaml
/// dependencies:
///   # Internationalization support.
///   flutter_localizations:
///     sdk: flutter
///   intl: any # Use the pinned version from flutter_localizations
///
///   # Rest of dependencies
/// ```
///
/// ## iOS Applications
///
/// iOS applications define key application metadata, including supported
/// locales, in an Info.plist file that is built into the application bundle.
/// To configure the locales supported by your app, you’ll need to edit this
/// file.
///
/// First, open your project’s ios/Runner.xcworkspace Xcode workspace file.
/// Then, in the Project Navigator, open the Info.plist file under the Runner
/// project’s Runner folder.
///
/// Next, select the Information Property List item, select Add Item from the
/// Editor menu, then select Localizations from the pop-up menu.
///
/// Select and expand the newly-created Localizations item then, for each
/// locale your application supports, add a new item and select the locale
/// you wish to add from the pop-up menu in the Value field. This list should
/// be consistent with the languages listed in the AppLocalizations.supportedLocales
/// property.
abstract class AppLocalizations {
  AppLocalizations(String locale) : localeName = intl.Intl.canonicalizedLocale(locale.toString());

  final String localeName;

  static AppLocalizations of(BuildContext context) {
    return Localizations.of<AppLocalizations>(context, AppLocalizations)!;
  }

  static const LocalizationsDelegate<AppLocalizations> delegate = _AppLocalizationsDelegate();

  /// A list of this localizations delegate along with the default localizations
  /// delegates.
  ///
  /// Returns a list of localizations delegates containing this delegate along with
  /// GlobalMaterialLocalizations.delegate, GlobalCupertinoLocalizations.delegate,
  /// and GlobalWidgetsLocalizations.delegate.
  ///
  /// Additional delegates can be added by appending to this list in
  /// MaterialApp. This list does not have to be used at all if a custom list
  /// of delegates is preferred or required.
  static const List<LocalizationsDelegate<dynamic>> localizationsDelegates = <LocalizationsDelegate<dynamic>>[
    delegate,
    GlobalMaterialLocalizations.delegate,
    GlobalCupertinoLocalizations.delegate,
    GlobalWidgetsLocalizations.delegate,
  ];

  /// A list of this localizations delegate's supported locales.
  static const List<Locale> supportedLocales = <Locale>[
    Locale('en'),
    Locale('de')
  ];

  /// The app's name.
  ///
  /// In en, this message translates to:
  /// **'Image classifier'**
  String get appTitle;

  /// Button after a failure.
  ///
  /// In en, this message translates to:
  /// **'Try again'**
  String get retry;

  /// Button that leaves everything as it is.
  ///
  /// In en, this message translates to:
  /// **'Cancel'**
  String get cancel;

  /// Button that closes a message or a dialog.
  ///
  /// In en, this message translates to:
  /// **'Close'**
  String get close;

  /// Button that takes a deletion back.
  ///
  /// In en, this message translates to:
  /// **'Undo'**
  String get undo;

  /// Read out while something is being loaded.
  ///
  /// In en, this message translates to:
  /// **'Loading'**
  String get loading;

  /// Button in a password field.
  ///
  /// In en, this message translates to:
  /// **'Show password'**
  String get showPassword;

  /// Button in a password field.
  ///
  /// In en, this message translates to:
  /// **'Hide password'**
  String get hidePassword;

  /// A probability.
  ///
  /// In en, this message translates to:
  /// **'{share}'**
  String percentage(double share);

  /// How much of a photo was sent.
  ///
  /// In en, this message translates to:
  /// **'{share}'**
  String progressPercentage(double share);

  /// How long something takes.
  ///
  /// In en, this message translates to:
  /// **'{count, plural, =1{1 second} other{{count} seconds}}'**
  String durationSeconds(int count);

  /// How long something takes.
  ///
  /// In en, this message translates to:
  /// **'{count, plural, =1{1 minute} other{{count} minutes}}'**
  String durationMinutes(int count);

  /// A day and a time of day.
  ///
  /// In en, this message translates to:
  /// **'{date}, {time}'**
  String momentOf(String date, String time);

  /// Name of a screen, in the navigation.
  ///
  /// In en, this message translates to:
  /// **'Classify'**
  String get navClassify;

  /// Name of a screen, in the navigation.
  ///
  /// In en, this message translates to:
  /// **'History'**
  String get navHistory;

  /// Name of a screen, in the navigation.
  ///
  /// In en, this message translates to:
  /// **'Devices'**
  String get navDevices;

  /// Name of a screen, in the navigation.
  ///
  /// In en, this message translates to:
  /// **'Account'**
  String get navAccount;

  /// Title of the screen that asks for the server's address.
  ///
  /// In en, this message translates to:
  /// **'Your server'**
  String get serverTitle;

  /// Above the address field.
  ///
  /// In en, this message translates to:
  /// **'Photos are classified by a server that you, or somebody you trust, runs. Type its address.'**
  String get serverIntro;

  /// Label of a field.
  ///
  /// In en, this message translates to:
  /// **'Server address'**
  String get serverAddress;

  /// Example in the address field.
  ///
  /// In en, this message translates to:
  /// **'192.168.1.5:8000'**
  String get serverAddressExample;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Connect'**
  String get serverConnect;

  /// Title of a help text.
  ///
  /// In en, this message translates to:
  /// **'Where do I find the address?'**
  String get serverHelpTitle;

  /// Help text.
  ///
  /// In en, this message translates to:
  /// **'On the computer, start the server with “HOST=0.0.0.0 make run”. It prints the addresses that phones in the same network can use, such as http://192.168.1.5:8000.'**
  String get serverHelpLan;

  /// Help text.
  ///
  /// In en, this message translates to:
  /// **'“localhost” and 127.0.0.1 mean this phone itself, not the computer.'**
  String get serverHelpLocalhost;

  /// Help text.
  ///
  /// In en, this message translates to:
  /// **'In the Android emulator the computer is 10.0.2.2. In the iOS simulator localhost is the computer.'**
  String get serverHelpEmulator;

  /// Under the address field.
  ///
  /// In en, this message translates to:
  /// **'Type the address of your server.'**
  String get addressEmpty;

  /// Under the address field.
  ///
  /// In en, this message translates to:
  /// **'This is not an address. It looks like 192.168.1.5:8000 or photos.example.org.'**
  String get addressInvalid;

  /// Hint under the address field.
  ///
  /// In en, this message translates to:
  /// **'This address means the phone itself. Type the computer\'s address in your network, unless this is a simulator.'**
  String get addressLocalhost;

  /// Warning under the address field.
  ///
  /// In en, this message translates to:
  /// **'Without https, others on the way can read your password and photos. Use https for servers on the internet.'**
  String get addressInsecure;

  /// Title of the question about a self-signed certificate.
  ///
  /// In en, this message translates to:
  /// **'Do you know this certificate?'**
  String get certificateTitle;

  /// Text of the question about a self-signed certificate.
  ///
  /// In en, this message translates to:
  /// **'No authority vouches for the certificate of {host}. That is usual for a server at home that made its own. Compare this fingerprint with the one that is shown on the server, and go on only if they are the same.'**
  String certificateBody(String host);

  /// Above a certificate's fingerprint.
  ///
  /// In en, this message translates to:
  /// **'SHA-256 fingerprint'**
  String get certificateFingerprint;

  /// Button: the one consent to a self-signed certificate.
  ///
  /// In en, this message translates to:
  /// **'It is the same: trust it'**
  String get certificateTrust;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Do not connect'**
  String get certificateRefuse;

  /// Title of a screen.
  ///
  /// In en, this message translates to:
  /// **'Sign in'**
  String get signInTitle;

  /// Title of a screen.
  ///
  /// In en, this message translates to:
  /// **'Create an account'**
  String get registerTitle;

  /// Label of a field.
  ///
  /// In en, this message translates to:
  /// **'User name'**
  String get username;

  /// Label of a field.
  ///
  /// In en, this message translates to:
  /// **'Password'**
  String get password;

  /// Label of a field.
  ///
  /// In en, this message translates to:
  /// **'E-mail (optional)'**
  String get emailOptional;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Sign in'**
  String get signInAction;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Create account'**
  String get registerAction;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'New here? Create an account'**
  String get toRegister;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Have an account? Sign in'**
  String get toSignIn;

  /// Which server is used.
  ///
  /// In en, this message translates to:
  /// **'Server: {server}'**
  String serverInUse(String server);

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Change server'**
  String get changeServer;

  /// Above the form to sign in.
  ///
  /// In en, this message translates to:
  /// **'You were signed out by the server. Sign in again: photos that are not sent yet are kept, and go on then.'**
  String get sessionEnded;

  /// Under a field.
  ///
  /// In en, this message translates to:
  /// **'Type your user name.'**
  String get usernameEmpty;

  /// Under a field.
  ///
  /// In en, this message translates to:
  /// **'Type your password.'**
  String get passwordEmpty;

  /// Title of a screen.
  ///
  /// In en, this message translates to:
  /// **'What is it?'**
  String get classifyTitle;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Take a photo'**
  String get takePhoto;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Choose photos'**
  String get choosePhoto;

  /// Before the first photo.
  ///
  /// In en, this message translates to:
  /// **'What is on your photo?'**
  String get classifyEmptyTitle;

  /// On the empty screen.
  ///
  /// In en, this message translates to:
  /// **'Take a photo or choose some. They are kept until they are classified, even without a network.'**
  String get classifyEmptyBody;

  /// Read out for a photo that has no label yet.
  ///
  /// In en, this message translates to:
  /// **'Your photo'**
  String get yourPhoto;

  /// While a photo is being copied.
  ///
  /// In en, this message translates to:
  /// **'Keeping the photo safe'**
  String get uploadPreparing;

  /// State of a photo.
  ///
  /// In en, this message translates to:
  /// **'Waiting to be sent'**
  String get uploadWaiting;

  /// State of a photo.
  ///
  /// In en, this message translates to:
  /// **'Being sent: {percent}'**
  String uploadSending(String percent);

  /// State of a photo.
  ///
  /// In en, this message translates to:
  /// **'Sent. The server is looking at it.'**
  String get uploadAwaitingAnswer;

  /// State of a photo.
  ///
  /// In en, this message translates to:
  /// **'Classified'**
  String get uploadDone;

  /// State of a photo.
  ///
  /// In en, this message translates to:
  /// **'Needs your decision'**
  String get uploadNeedsYou;

  /// Under a photo that waits.
  ///
  /// In en, this message translates to:
  /// **'Next try in {when}.'**
  String uploadNextTry(String when);

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Cancel sending'**
  String get uploadCancel;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Send again'**
  String get uploadRetry;

  /// Button beside a photo that waits.
  ///
  /// In en, this message translates to:
  /// **'Send now'**
  String get uploadSendNow;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Remove the photo'**
  String get uploadRemove;

  /// Title of a question.
  ///
  /// In en, this message translates to:
  /// **'Remove this photo?'**
  String get uploadRemoveTitle;

  /// Text of a question.
  ///
  /// In en, this message translates to:
  /// **'It was not classified. This phone keeps no other copy of it in the app.'**
  String get uploadRemoveBody;

  /// Above a list.
  ///
  /// In en, this message translates to:
  /// **'Other photos'**
  String get otherPhotos;

  /// Read out when a photo was classified.
  ///
  /// In en, this message translates to:
  /// **'Result: {label}, {percent}'**
  String resultAnnouncement(String label, String percent);

  /// Read out for one label.
  ///
  /// In en, this message translates to:
  /// **'{label}: {percent}'**
  String labelWithShare(String label, String percent);

  /// What happened when a photo was to be taken.
  ///
  /// In en, this message translates to:
  /// **'The app may not use the camera.'**
  String get pickCameraRefused;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Allow the camera in the phone\'s settings for this app, or choose a photo.'**
  String get pickCameraRefusedAdvice;

  /// What happened when a photo was to be chosen.
  ///
  /// In en, this message translates to:
  /// **'The app may not see your photos.'**
  String get pickGalleryRefused;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Allow photos in the phone\'s settings for this app, or take one.'**
  String get pickGalleryRefusedAdvice;

  /// What happened when a photo was to be taken.
  ///
  /// In en, this message translates to:
  /// **'This device has no camera that the app can use.'**
  String get pickNoCamera;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Choose a photo instead.'**
  String get pickNoCameraAdvice;

  /// What happened when a photo was to be taken or chosen.
  ///
  /// In en, this message translates to:
  /// **'The photo could not be taken over.'**
  String get pickFailed;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Try again, or use another photo.'**
  String get pickFailedAdvice;

  /// Title of a screen.
  ///
  /// In en, this message translates to:
  /// **'History'**
  String get historyTitle;

  /// Title of an empty list.
  ///
  /// In en, this message translates to:
  /// **'No photos yet'**
  String get historyEmptyTitle;

  /// Text of an empty list.
  ///
  /// In en, this message translates to:
  /// **'What you classify appears here.'**
  String get historyEmptyBody;

  /// Nothing matches the filter.
  ///
  /// In en, this message translates to:
  /// **'No photos like that'**
  String get historyNoMatchTitle;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Look for something else, or show all photos.'**
  String get historyNoMatchBody;

  /// Button that takes a filter away.
  ///
  /// In en, this message translates to:
  /// **'Show all'**
  String get historyShowAll;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Filter by label'**
  String get filterByLabel;

  /// The filter in use.
  ///
  /// In en, this message translates to:
  /// **'Only: {label}'**
  String filterActive(String label);

  /// Label of a field.
  ///
  /// In en, this message translates to:
  /// **'Search labels'**
  String get filterSearch;

  /// Under the search field.
  ///
  /// In en, this message translates to:
  /// **'No label has this in its name.'**
  String get filterNoMatch;

  /// Banner over the history.
  ///
  /// In en, this message translates to:
  /// **'This is the copy on your phone, saved {when}.'**
  String offlineCopy(String when);

  /// After a swipe.
  ///
  /// In en, this message translates to:
  /// **'{label} deleted'**
  String historyDeleted(String label);

  /// At the end of the list.
  ///
  /// In en, this message translates to:
  /// **'Loading older photos'**
  String get historyLoadingMore;

  /// Read out for the large picture.
  ///
  /// In en, this message translates to:
  /// **'Photo: {label}. Pinch or double-tap to zoom.'**
  String detailPhoto(String label);

  /// Above the list of labels.
  ///
  /// In en, this message translates to:
  /// **'Labels'**
  String get detailLabels;

  /// Beside the time.
  ///
  /// In en, this message translates to:
  /// **'Classified'**
  String get detailWhen;

  /// Beside the model's name.
  ///
  /// In en, this message translates to:
  /// **'Model'**
  String get detailModel;

  /// The model that answered.
  ///
  /// In en, this message translates to:
  /// **'{name}'**
  String detailModelVersion(String name);

  /// Beside the size of the picture.
  ///
  /// In en, this message translates to:
  /// **'Picture'**
  String get detailPicture;

  /// The size of a picture.
  ///
  /// In en, this message translates to:
  /// **'{width} × {height} pixels, {megabytes} MB'**
  String detailPictureSize(int width, int height, double megabytes);

  /// On wide screens, beside the list.
  ///
  /// In en, this message translates to:
  /// **'Choose a photo to see all about it.'**
  String get detailChoose;

  /// Title of a screen.
  ///
  /// In en, this message translates to:
  /// **'Devices'**
  String get devicesTitle;

  /// Above the list.
  ///
  /// In en, this message translates to:
  /// **'Wherever you are signed in. Sign out what you do not know.'**
  String get devicesIntro;

  /// A device without a name.
  ///
  /// In en, this message translates to:
  /// **'Unnamed device'**
  String get deviceUnnamed;

  /// Marks the device in use.
  ///
  /// In en, this message translates to:
  /// **'This device'**
  String get deviceThis;

  /// About a device.
  ///
  /// In en, this message translates to:
  /// **'Last used {when}'**
  String deviceLastUsed(String when);

  /// About a device.
  ///
  /// In en, this message translates to:
  /// **'Not used yet'**
  String get deviceNeverUsed;

  /// About a device.
  ///
  /// In en, this message translates to:
  /// **'Signed in {when}'**
  String deviceSince(String when);

  /// About a device.
  ///
  /// In en, this message translates to:
  /// **'Ends {when} if it is not used'**
  String deviceExpires(String when);

  /// Button, read out.
  ///
  /// In en, this message translates to:
  /// **'Sign out {name}'**
  String deviceRevoke(String name);

  /// Title of a question.
  ///
  /// In en, this message translates to:
  /// **'Sign out {name}?'**
  String deviceRevokeTitle(String name);

  /// Text of a question.
  ///
  /// In en, this message translates to:
  /// **'It has to sign in again with your password.'**
  String get deviceRevokeBody;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Sign out'**
  String get deviceRevokeAction;

  /// Title of an empty list.
  ///
  /// In en, this message translates to:
  /// **'No devices'**
  String get devicesEmptyTitle;

  /// Text of an empty list.
  ///
  /// In en, this message translates to:
  /// **'Pull down to look again.'**
  String get devicesEmptyBody;

  /// Title of a screen.
  ///
  /// In en, this message translates to:
  /// **'Account'**
  String get accountTitle;

  /// Who is signed in.
  ///
  /// In en, this message translates to:
  /// **'Signed in as {username}'**
  String signedInAs(String username);

  /// Above settings.
  ///
  /// In en, this message translates to:
  /// **'Appearance'**
  String get sectionAppearance;

  /// Choice of light or dark.
  ///
  /// In en, this message translates to:
  /// **'As the phone'**
  String get themeSystem;

  /// Choice of light or dark.
  ///
  /// In en, this message translates to:
  /// **'Light'**
  String get themeLight;

  /// Choice of light or dark.
  ///
  /// In en, this message translates to:
  /// **'Dark'**
  String get themeDark;

  /// Above settings.
  ///
  /// In en, this message translates to:
  /// **'Photos'**
  String get sectionPhotos;

  /// A switch.
  ///
  /// In en, this message translates to:
  /// **'Send originals'**
  String get sendOriginals;

  /// Under the switch.
  ///
  /// In en, this message translates to:
  /// **'Photos go out as large as they were taken, not scaled down to 1600 pixels. This takes more data.'**
  String get sendOriginalsBody;

  /// Above what is told of the server.
  ///
  /// In en, this message translates to:
  /// **'Server'**
  String get sectionServer;

  /// Which model answers.
  ///
  /// In en, this message translates to:
  /// **'Model in use'**
  String get serverModel;

  /// The model that answers.
  ///
  /// In en, this message translates to:
  /// **'{name}, {classes} labels'**
  String serverModelValue(String name, int classes);

  /// In place of a model.
  ///
  /// In en, this message translates to:
  /// **'No model serves at the moment.'**
  String get serverModelNone;

  /// Above actions.
  ///
  /// In en, this message translates to:
  /// **'Security'**
  String get sectionSecurity;

  /// Button and title.
  ///
  /// In en, this message translates to:
  /// **'Change password'**
  String get changePassword;

  /// Label of a field.
  ///
  /// In en, this message translates to:
  /// **'Current password'**
  String get currentPassword;

  /// Label of a field.
  ///
  /// In en, this message translates to:
  /// **'New password'**
  String get newPassword;

  /// Label of a field.
  ///
  /// In en, this message translates to:
  /// **'New password again'**
  String get newPasswordAgain;

  /// Under a field.
  ///
  /// In en, this message translates to:
  /// **'Type a new password.'**
  String get newPasswordEmpty;

  /// Under a field.
  ///
  /// In en, this message translates to:
  /// **'The two are not the same.'**
  String get passwordsDiffer;

  /// After the change.
  ///
  /// In en, this message translates to:
  /// **'Password changed. All other devices are signed out.'**
  String get passwordChanged;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Sign out'**
  String get signOut;

  /// Title of a question.
  ///
  /// In en, this message translates to:
  /// **'Sign out on this phone?'**
  String get signOutTitle;

  /// Asked before signing out.
  ///
  /// In en, this message translates to:
  /// **'Photos that are not sent yet stay here, and go on when you sign in again.'**
  String get signOutBody;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Sign out everywhere'**
  String get signOutEverywhere;

  /// Title of a question.
  ///
  /// In en, this message translates to:
  /// **'Sign out on all devices?'**
  String get signOutEverywhereTitle;

  /// Text of a question.
  ///
  /// In en, this message translates to:
  /// **'Every device, this one too, has to sign in again.'**
  String get signOutEverywhereBody;

  /// Above actions.
  ///
  /// In en, this message translates to:
  /// **'Your data'**
  String get sectionData;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Export everything'**
  String get exportData;

  /// Under the button.
  ///
  /// In en, this message translates to:
  /// **'A zip file with all photos and predictions'**
  String get exportDataBody;

  /// While exporting.
  ///
  /// In en, this message translates to:
  /// **'The file is being made'**
  String get exportRunning;

  /// After an export.
  ///
  /// In en, this message translates to:
  /// **'The file is ready.'**
  String get exportSaved;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Delete account'**
  String get deleteAccount;

  /// Under the button.
  ///
  /// In en, this message translates to:
  /// **'With all photos, on the server and here'**
  String get deleteAccountBody;

  /// Title of a question.
  ///
  /// In en, this message translates to:
  /// **'Delete your account for good?'**
  String get deleteAccountTitle;

  /// Text of a question.
  ///
  /// In en, this message translates to:
  /// **'All photos and predictions go with it, on the server and on this phone. This cannot be undone. To go on, type your user name: {username}'**
  String deleteAccountWarning(String username);

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Delete everything'**
  String get deleteAccountConfirm;

  /// The server's own words.
  ///
  /// In en, this message translates to:
  /// **'The server says: {detail}'**
  String errorServerSays(String detail);

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'No connection to the server.'**
  String get errorOffline;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Check the network and the server\'s address.'**
  String get errorOfflineAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'The connection broke while the photo was sent.'**
  String get errorBrokenOff;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'It is sent again, after longer and longer waits. On a slow network a smaller photo helps: crop it, and turn off “Send originals” under Account.'**
  String get errorBrokenOffAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'The server did not answer in time.'**
  String get errorTimeOut;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Try again in a moment, or where reception is better.'**
  String get errorTimeOutAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'You are not signed in any more.'**
  String get errorUnauthorised;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Sign in again; nothing is lost.'**
  String get errorUnauthorisedAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'That was more than the server allows in a short time.'**
  String get errorThrottled;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Wait {wait} and try again.'**
  String errorThrottledAdvice(String wait);

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'The server is busy.'**
  String get errorOverloaded;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Wait {wait} and try again.'**
  String errorOverloadedAdvice(String wait);

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'The server has no model that answers yet.'**
  String get errorModelNotReady;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Wait {wait}. If it stays so, ask whoever runs the server.'**
  String errorModelNotReadyAdvice(String wait);

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'The server\'s disk is full.'**
  String get errorStorageFull;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Ask whoever runs the server to make room; photos are kept here until then.'**
  String get errorStorageFullAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'Your account holds as many photos as it may.'**
  String get errorQuotaExceeded;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Delete old photos in the history, then send this one again.'**
  String get errorQuotaExceededAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'The server made a mistake.'**
  String get errorServerError;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Try again later. If it stays so, tell whoever runs the server.'**
  String get errorServerErrorAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'What answered does not speak this app\'s language.'**
  String get errorMalformedAnswer;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Check the server\'s address, and that app and server are of the same version.'**
  String get errorMalformedAnswerAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'Nobody vouches for the server\'s certificate.'**
  String get errorUntrustedCertificate;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'If the server has a new certificate, connect to it anew under “Change server” and compare the fingerprint. If not, do not go on in this network.'**
  String get errorUntrustedCertificateAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'The server sent the app to another server.'**
  String get errorForeignOrigin;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Check the server\'s address. A hotel or café network may ask you to sign in first.'**
  String get errorForeignOriginAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'You cancelled this.'**
  String get errorCancelled;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Send it again whenever you like, or remove it.'**
  String get errorCancelledAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'The server cannot read this photo.'**
  String get errorUnreadableImage;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'The file is damaged: take the photo again or choose another.'**
  String get errorUnreadableImageAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'The server does not take this kind of picture.'**
  String get errorUnsupportedImage;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Use a JPEG, PNG, WebP or HEIC picture, or take a photo with the app.'**
  String get errorUnsupportedImageAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'The file is larger than the server allows.'**
  String get errorUploadTooLarge;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Turn off “Send originals” under Account and take or choose the photo again.'**
  String get errorUploadTooLargeAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'The picture has more pixels than the server allows.'**
  String get errorImageTooLarge;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Turn off “Send originals” under Account and take or choose the photo again.'**
  String get errorImageTooLargeAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'The photo is empty.'**
  String get errorEmptyImage;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Take it again or choose another.'**
  String get errorEmptyImageAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'The photo was damaged on its way.'**
  String get errorDigestMismatch;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'It is sent again by itself; nothing is lost.'**
  String get errorDigestMismatchAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'The server has another photo under this number.'**
  String get errorIdempotencyKeyReused;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Send it again: it gets a new number.'**
  String get errorIdempotencyKeyReusedAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'The server is still at work on this photo.'**
  String get errorIdempotencyInProgress;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Wait a moment; the answer is fetched by itself.'**
  String get errorIdempotencyInProgressAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'This is not on the server any more.'**
  String get errorNotFound;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Pull the list down to bring it up to date.'**
  String get errorNotFoundAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'User name or password is wrong.'**
  String get errorWrongCredentials;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Check both, and whether capitals are on.'**
  String get errorWrongCredentialsAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'The code is wrong or too old.'**
  String get errorWrongResetCode;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Check the mail, or ask for a new code.'**
  String get errorWrongResetCodeAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'This code is wrong or was used before.'**
  String get errorWrongSecondFactor;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Wait for the next code of your app, or type a recovery code.'**
  String get errorWrongSecondFactorAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'This server lets nobody create an account.'**
  String get errorRegistrationClosed;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Ask whoever runs it for an account, then sign in.'**
  String get errorRegistrationClosedAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'Your account may not do this.'**
  String get errorForbidden;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Ask whoever runs the server, or sign in with another account.'**
  String get errorForbiddenAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'Something typed is not accepted.'**
  String get errorInvalidInput;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Correct it and try again.'**
  String get errorInvalidInputAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'The photo is not on this phone any more.'**
  String get errorPhotoGone;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Remove it here and take or choose it again.'**
  String get errorPhotoGoneAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'This phone has no room left, or refuses to be written to.'**
  String get errorNoRoomOnPhone;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Delete something on the phone and try again.'**
  String get errorNoRoomOnPhoneAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'The server said no, and this app does not know why.'**
  String get errorUnknownRejection;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Try again. If it stays so, update the app or tell whoever runs the server.'**
  String get errorUnknownRejectionAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'This phone does not keep secrets at the moment, so you cannot stay signed in.'**
  String get errorKeyStoreRefused;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Restart the phone and sign in again.'**
  String get errorKeyStoreRefusedAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'Something went wrong in this app.'**
  String get errorUnexpected;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Try again. If it stays so, send the report that is under Account.'**
  String get errorUnexpectedAdvice;

  /// A screen, and the row that leads to it.
  ///
  /// In en, this message translates to:
  /// **'Problems in the app'**
  String get problemsTitle;

  /// Explains the screen with problems.
  ///
  /// In en, this message translates to:
  /// **'What went wrong in the app itself, for those who can mend it. Nothing is sent by itself.'**
  String get problemsBody;

  /// Instead of an empty list.
  ///
  /// In en, this message translates to:
  /// **'Nothing has gone wrong so far.'**
  String get problemsNone;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Share the report'**
  String get problemsShare;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Delete the report'**
  String get problemsForget;

  /// Button in the line that tells of a problem.
  ///
  /// In en, this message translates to:
  /// **'Details'**
  String get problemsShow;

  /// In place of a part of a screen that failed.
  ///
  /// In en, this message translates to:
  /// **'This part cannot be shown.'**
  String get brokenPart;

  /// Under the headline when only the kind is sure.
  ///
  /// In en, this message translates to:
  /// **'Some kind of {label}, {percent} sure'**
  String answerBroader(String label, String percent);

  /// Under the headline.
  ///
  /// In en, this message translates to:
  /// **'{percent} sure'**
  String answerExact(String percent);

  /// The headline when no answer is sure.
  ///
  /// In en, this message translates to:
  /// **'Not sure'**
  String get answerUnsureTitle;

  /// Under that headline.
  ///
  /// In en, this message translates to:
  /// **'It may be one of these, or something else.'**
  String get answerUnsure;

  /// Above the other labels.
  ///
  /// In en, this message translates to:
  /// **'It may also be'**
  String get answerOthers;

  /// Above the labels when the answer is not sure.
  ///
  /// In en, this message translates to:
  /// **'Perhaps'**
  String get answerCandidates;

  /// Read out when a result appears.
  ///
  /// In en, this message translates to:
  /// **'Not sure. Perhaps {label}.'**
  String resultAnnouncementUnsure(String label);

  /// The server says that a photo should be taken again.
  ///
  /// In en, this message translates to:
  /// **'Another photo would do better'**
  String get retakeTitle;

  /// What is wrong with a photo.
  ///
  /// In en, this message translates to:
  /// **'It is blurred: hold still, or go a little further away.'**
  String get retakeBlurred;

  /// What is wrong with a photo.
  ///
  /// In en, this message translates to:
  /// **'It is too dark: look for more light.'**
  String get retakeDark;

  /// What is wrong with a photo.
  ///
  /// In en, this message translates to:
  /// **'It is too bright: turn away from the light.'**
  String get retakeBright;

  /// What is wrong with a photo.
  ///
  /// In en, this message translates to:
  /// **'It has too few pixels: go nearer.'**
  String get retakeTooSmall;

  /// What is wrong with a photo.
  ///
  /// In en, this message translates to:
  /// **'There is nothing to be seen in it.'**
  String get retakeBlank;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Take it again'**
  String get retakeAction;

  /// Above the buttons for feedback.
  ///
  /// In en, this message translates to:
  /// **'Is that right?'**
  String get feedbackQuestion;

  /// Button: the answer is right.
  ///
  /// In en, this message translates to:
  /// **'Yes'**
  String get feedbackRight;

  /// Button: the answer is wrong, and one says what it is.
  ///
  /// In en, this message translates to:
  /// **'It is …'**
  String get feedbackWrong;

  /// Button: the answer is wrong, and one does not know what it is.
  ///
  /// In en, this message translates to:
  /// **'None of these'**
  String get feedbackNone;

  /// What was said of an answer.
  ///
  /// In en, this message translates to:
  /// **'You said: that is right.'**
  String get feedbackSaidRight;

  /// What was said of an answer.
  ///
  /// In en, this message translates to:
  /// **'You said: it is {label}.'**
  String feedbackSaidWrong(String label);

  /// What was said of an answer.
  ///
  /// In en, this message translates to:
  /// **'You said: it is none of these.'**
  String get feedbackSaidNone;

  /// Under what was said, while it waits.
  ///
  /// In en, this message translates to:
  /// **'It is sent as soon as the server can be reached.'**
  String get feedbackWaits;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Take it back'**
  String get feedbackTakeBack;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'The server did not take what you said.'**
  String get feedbackStuck;

  /// A screen to choose what is on a photo.
  ///
  /// In en, this message translates to:
  /// **'What is it?'**
  String get labelSearchTitle;

  /// In the search field.
  ///
  /// In en, this message translates to:
  /// **'Type a name'**
  String get labelSearchHint;

  /// A row for a name that the model does not know.
  ///
  /// In en, this message translates to:
  /// **'It is: {name}'**
  String labelSearchNew(String name);

  /// Under the search field.
  ///
  /// In en, this message translates to:
  /// **'Without the server you can only use the name that you type.'**
  String get labelSearchOffline;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Share'**
  String get actionShare;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Save to the photos'**
  String get actionSave;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Delete'**
  String get actionDelete;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Classify again'**
  String get actionAgain;

  /// Button that lays a heat map over a photo.
  ///
  /// In en, this message translates to:
  /// **'Where is it?'**
  String get actionWhy;

  /// Button that takes the heat map away.
  ///
  /// In en, this message translates to:
  /// **'Hide the colours'**
  String get actionWhyHide;

  /// Under a photo with a heat map.
  ///
  /// In en, this message translates to:
  /// **'Warm colours: what speaks for {label}.'**
  String whyShown(String label);

  /// Button that opens a prediction.
  ///
  /// In en, this message translates to:
  /// **'All about it'**
  String get actionDetails;

  /// Button that opens a menu.
  ///
  /// In en, this message translates to:
  /// **'More'**
  String get actionMore;

  /// After saving.
  ///
  /// In en, this message translates to:
  /// **'Saved to the phone\'s photos.'**
  String get savedToPhotos;

  /// After saving failed.
  ///
  /// In en, this message translates to:
  /// **'Not saved: allow this app to add photos in the phone\'s settings.'**
  String get notSavedToPhotos;

  /// After classifying again.
  ///
  /// In en, this message translates to:
  /// **'Classified again.'**
  String get againDone;

  /// After undo came too late.
  ///
  /// In en, this message translates to:
  /// **'Too late: it is deleted.'**
  String get undoTooLate;

  /// The text that goes with a shared photo.
  ///
  /// In en, this message translates to:
  /// **'{label}, {percent}'**
  String shareText(String label, String percent);

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'This model cannot show where it saw something.'**
  String get errorNotExplainable;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Ask whoever runs the server for another model, if you need that.'**
  String get errorNotExplainableAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'This server has no model for phones.'**
  String get errorNoOnDeviceModel;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Photos are classified when the server can be reached.'**
  String get errorNoOnDeviceModelAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'This account has a second factor.'**
  String get errorSecondFactorRequired;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Type the code that your app shows, or a recovery code.'**
  String get errorSecondFactorRequiredAdvice;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'This code is wrong, was used before or is too old.'**
  String get errorWrongPairingCode;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Show a new one on the server\'s account page; it is good for five minutes.'**
  String get errorWrongPairingCodeAdvice;

  /// In the search field of the history.
  ///
  /// In en, this message translates to:
  /// **'Search your photos'**
  String get historySearch;

  /// Button, and the title of the sheet that it opens.
  ///
  /// In en, this message translates to:
  /// **'Filter and order'**
  String get historyFilter;

  /// Above the photos of a day.
  ///
  /// In en, this message translates to:
  /// **'Today'**
  String get historyToday;

  /// Above the photos of a day.
  ///
  /// In en, this message translates to:
  /// **'Yesterday'**
  String get historyYesterday;

  /// A chip that ends all filters.
  ///
  /// In en, this message translates to:
  /// **'Filtered'**
  String get historyFilterOn;

  /// A group of choices.
  ///
  /// In en, this message translates to:
  /// **'Answer'**
  String get filterAnswer;

  /// A group of choices.
  ///
  /// In en, this message translates to:
  /// **'What you said'**
  String get filterFeedback;

  /// A group of choices.
  ///
  /// In en, this message translates to:
  /// **'Order'**
  String get filterOrder;

  /// A choice.
  ///
  /// In en, this message translates to:
  /// **'Any'**
  String get filterAny;

  /// A choice: answers that are sure.
  ///
  /// In en, this message translates to:
  /// **'Sure'**
  String get filterExact;

  /// A choice: answers that are sure of the kind.
  ///
  /// In en, this message translates to:
  /// **'Only the kind'**
  String get filterBroader;

  /// A choice.
  ///
  /// In en, this message translates to:
  /// **'Not sure'**
  String get filterUnsure;

  /// A choice: nothing was said.
  ///
  /// In en, this message translates to:
  /// **'Nothing yet'**
  String get filterNone;

  /// A choice: called right.
  ///
  /// In en, this message translates to:
  /// **'Right'**
  String get filterRight;

  /// A choice: called wrong.
  ///
  /// In en, this message translates to:
  /// **'Wrong'**
  String get filterWrong;

  /// A choice of order.
  ///
  /// In en, this message translates to:
  /// **'Newest first'**
  String get filterNewest;

  /// A choice of order.
  ///
  /// In en, this message translates to:
  /// **'Least sure first'**
  String get filterLeastSure;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Show'**
  String get filterApply;

  /// A screen with the camera.
  ///
  /// In en, this message translates to:
  /// **'Read the server\'s code'**
  String get pairTitle;

  /// Explains pairing.
  ///
  /// In en, this message translates to:
  /// **'The server\'s account page shows a code for phones. It brings the address, the certificate and your account along.'**
  String get pairIntro;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Scan the code'**
  String get pairScan;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Paste the code'**
  String get pairPaste;

  /// What happened.
  ///
  /// In en, this message translates to:
  /// **'That is no code of such a server.'**
  String get pairNotOne;

  /// What to do.
  ///
  /// In en, this message translates to:
  /// **'Open the account page on the server and scan the code for phones that it shows.'**
  String get pairNotOneAdvice;

  /// Instead of the camera's picture.
  ///
  /// In en, this message translates to:
  /// **'The camera cannot be used. Allow it in the phone\'s settings, or paste the code.'**
  String get pairCameraFailed;

  /// Title of a question, before a code ends a session.
  ///
  /// In en, this message translates to:
  /// **'Sign out here and use {server} instead?'**
  String pairReplaceTitle(String server);

  /// Text of a question; [current] is the server of now.
  ///
  /// In en, this message translates to:
  /// **'You are signed in to {current} as {username}. The code is for {server}, perhaps for another account: your next photos would go there. Photos that are not sent yet stay here, and go on when you sign in again as {username}.'**
  String pairReplaceBody(String current, String username, String server);

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Sign out and use it'**
  String get pairReplaceConfirm;

  /// Above a list of addresses.
  ///
  /// In en, this message translates to:
  /// **'Servers used before'**
  String get serversKnown;

  /// Button on the sign-in screen.
  ///
  /// In en, this message translates to:
  /// **'Forgot your password?'**
  String get forgotPassword;

  /// A screen.
  ///
  /// In en, this message translates to:
  /// **'A new password'**
  String get resetTitle;

  /// Step one.
  ///
  /// In en, this message translates to:
  /// **'Type the e-mail address of your account. If there is one, the server mails a code to it.'**
  String get resetIntro;

  /// A field.
  ///
  /// In en, this message translates to:
  /// **'E-mail'**
  String get resetEmail;

  /// A field is empty.
  ///
  /// In en, this message translates to:
  /// **'Type the address of your account.'**
  String get resetEmailEmpty;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Send me a code'**
  String get resetSend;

  /// Step two.
  ///
  /// In en, this message translates to:
  /// **'If an account has the address {email}, a code is on its way to it.'**
  String resetSent(String email);

  /// A field.
  ///
  /// In en, this message translates to:
  /// **'Code from the mail'**
  String get resetCode;

  /// A field is empty.
  ///
  /// In en, this message translates to:
  /// **'Type the code.'**
  String get resetCodeEmpty;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Set the new password'**
  String get resetSave;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Send another code'**
  String get resetAgain;

  /// After a reset.
  ///
  /// In en, this message translates to:
  /// **'Your password is changed. Sign in with the new one.'**
  String get resetDone;

  /// A field on the sign-in screen.
  ///
  /// In en, this message translates to:
  /// **'Code of your second factor'**
  String get secondFactorCode;

  /// A group of settings.
  ///
  /// In en, this message translates to:
  /// **'While the app is closed'**
  String get backgroundTitle;

  /// A switch: send while the app is closed.
  ///
  /// In en, this message translates to:
  /// **'Send what waits'**
  String get backgroundOn;

  /// Under that switch.
  ///
  /// In en, this message translates to:
  /// **'The phone decides when: on Android mostly within a quarter of an hour of a network, on an iPhone often at night while it charges.'**
  String get backgroundOnBody;

  /// Under that switch, when it is off.
  ///
  /// In en, this message translates to:
  /// **'Photos go out only while the app is open.'**
  String get backgroundOff;

  /// A switch.
  ///
  /// In en, this message translates to:
  /// **'Then only on Wi-Fi'**
  String get wifiOnly;

  /// Under that switch.
  ///
  /// In en, this message translates to:
  /// **'And not while the battery is low.'**
  String get wifiOnlyBody;

  /// A notification.
  ///
  /// In en, this message translates to:
  /// **'{count, plural, =1{A photo is classified} other{{count} photos are classified}}'**
  String notifyTitle(int count);

  /// The labels, in that notification.
  ///
  /// In en, this message translates to:
  /// **'{labels}'**
  String notifyBody(String labels);

  /// The kind of notifications, in the phone's settings.
  ///
  /// In en, this message translates to:
  /// **'Answers'**
  String get notifyChannel;

  /// A switch.
  ///
  /// In en, this message translates to:
  /// **'Unlock with fingerprint or face'**
  String get lockTitle;

  /// Under that switch.
  ///
  /// In en, this message translates to:
  /// **'The app asks each time that it is opened.'**
  String get lockBody;

  /// In the phone's own dialog.
  ///
  /// In en, this message translates to:
  /// **'Unlock your photos'**
  String get lockReason;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Unlock'**
  String get lockAction;

  /// A screen.
  ///
  /// In en, this message translates to:
  /// **'Locked'**
  String get lockedTitle;

  /// Why the switch cannot be used.
  ///
  /// In en, this message translates to:
  /// **'This phone has no lock screen that the app could use.'**
  String get lockMissing;

  /// Button that opens the share sheet.
  ///
  /// In en, this message translates to:
  /// **'Hand it over'**
  String get exportShare;

  /// A switch.
  ///
  /// In en, this message translates to:
  /// **'Answer on the phone, too'**
  String get twinTitle;

  /// Under that switch.
  ///
  /// In en, this message translates to:
  /// **'The server\'s model comes to this phone once, about as large as a few photos. Without a network it says what it sees; the server\'s answer takes its place.'**
  String get twinBody;

  /// Under that switch.
  ///
  /// In en, this message translates to:
  /// **'The same as the server in {same} of {all} photos.'**
  String twinAgreement(int same, int all);

  /// What the phone itself sees.
  ///
  /// In en, this message translates to:
  /// **'For now: {label}, {percent}'**
  String provisionalTitle(String label, String percent);

  /// Under that.
  ///
  /// In en, this message translates to:
  /// **'This phone says so; the server\'s answer takes its place.'**
  String get provisionalBody;

  /// Setting.
  ///
  /// In en, this message translates to:
  /// **'Crop before sending'**
  String get cropFirst;

  /// Under that setting.
  ///
  /// In en, this message translates to:
  /// **'A new photo waits on this phone until you have cropped or turned it.'**
  String get cropFirstBody;

  /// Button beside a photo.
  ///
  /// In en, this message translates to:
  /// **'Crop or rotate'**
  String get cropAction;

  /// Title of the screen.
  ///
  /// In en, this message translates to:
  /// **'Crop and rotate'**
  String get cropTitle;

  /// State of a photo that waits for its owner.
  ///
  /// In en, this message translates to:
  /// **'Not sent yet. Crop or rotate it, or send it as it is.'**
  String get cropHeld;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Send'**
  String get cropSend;

  /// Button: without cropping.
  ///
  /// In en, this message translates to:
  /// **'Send as it is'**
  String get cropSendWhole;

  /// Button: several photos that wait, without cropping.
  ///
  /// In en, this message translates to:
  /// **'Send all {count} as they are'**
  String cropSendAll(int count);

  /// Read out for the photo.
  ///
  /// In en, this message translates to:
  /// **'Your photo. What is inside the frame is sent.'**
  String get cropPhoto;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Rotate left'**
  String get cropTurnLeft;

  /// Button.
  ///
  /// In en, this message translates to:
  /// **'Rotate right'**
  String get cropTurnRight;

  /// Button: takes the frame and the turns away.
  ///
  /// In en, this message translates to:
  /// **'Whole photo'**
  String get cropWhole;

  /// Read out for an edge of the frame.
  ///
  /// In en, this message translates to:
  /// **'Left edge'**
  String get cropEdgeLeft;

  /// Read out for an edge of the frame.
  ///
  /// In en, this message translates to:
  /// **'Upper edge'**
  String get cropEdgeTop;

  /// Read out for an edge of the frame.
  ///
  /// In en, this message translates to:
  /// **'Right edge'**
  String get cropEdgeRight;

  /// Read out for an edge of the frame.
  ///
  /// In en, this message translates to:
  /// **'Lower edge'**
  String get cropEdgeBottom;

  /// Headline of an error.
  ///
  /// In en, this message translates to:
  /// **'This phone cannot crop this photo.'**
  String get cropUnreadable;

  /// What to do about that.
  ///
  /// In en, this message translates to:
  /// **'It can still be sent as it is.'**
  String get cropUnreadableAdvice;
}

class _AppLocalizationsDelegate extends LocalizationsDelegate<AppLocalizations> {
  const _AppLocalizationsDelegate();

  @override
  Future<AppLocalizations> load(Locale locale) {
    return SynchronousFuture<AppLocalizations>(lookupAppLocalizations(locale));
  }

  @override
  bool isSupported(Locale locale) => <String>['de', 'en'].contains(locale.languageCode);

  @override
  bool shouldReload(_AppLocalizationsDelegate old) => false;
}

AppLocalizations lookupAppLocalizations(Locale locale) {


  // Lookup logic when only language code is specified.
  switch (locale.languageCode) {
    case 'de': return AppLocalizationsDe();
    case 'en': return AppLocalizationsEn();
  }

  throw FlutterError(
    'AppLocalizations.delegate failed to load unsupported locale "$locale". This is likely '
    'an issue with the localizations generation tool. Please file an issue '
    'on GitHub with a reproducible sample app and the gen-l10n configuration '
    'that was used.'
  );
}
