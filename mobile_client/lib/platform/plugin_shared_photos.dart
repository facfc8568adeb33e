import 'dart:io';

import 'package:receive_sharing_intent/receive_sharing_intent.dart';

import 'shared_photos.dart';

/// Receives photos through the receive_sharing_intent plugin.
class PluginSharedPhotos implements SharedPhotos {
  const PluginSharedPhotos();

  @override
  Stream<List<File>> get incoming async* {
    final plugin = ReceiveSharingIntent.instance;
    yield _photosIn(await plugin.getInitialMedia());
    await plugin.reset();
    yield* plugin.getMediaStream().map(_photosIn);
  }

  List<File> _photosIn(List<SharedMediaFile> media) => [
        for (final each in media)
          if (each.type == SharedMediaType.image) File(each.path),
      ];
}
