import Flutter
import UIKit

class SceneDelegate: FlutterSceneDelegate {
  // A plugin says of whatever opened the app that it has dealt with it, and
  // Flutter then looks no further. Links and photos are handed on here, as
  // they are while the app is open.
  override func scene(
    _ scene: UIScene,
    willConnectTo session: UISceneSession,
    options connectionOptions: UIScene.ConnectionOptions
  ) {
    super.scene(scene, willConnectTo: session, options: connectionOptions)
    let opened = connectionOptions.urlContexts
    if !opened.isEmpty {
      self.scene(scene, openURLContexts: opened)
    }
  }
}
