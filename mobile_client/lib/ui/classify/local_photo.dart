import 'dart:io';

import 'package:flutter/material.dart';

/// A photo that is on the phone, decoded no larger than it is shown.
class LocalPhoto extends StatelessWidget {
  const LocalPhoto(
    this.file, {
    super.key,
    required this.label,
    required this.width,
    required this.height,
    this.fit = BoxFit.cover,
  });

  final File file;

  /// Read out for the picture.
  final String label;

  /// The most space it takes, in logical pixels.
  final double width;
  final double height;
  final BoxFit fit;

  @override
  Widget build(BuildContext context) {
    final pixels = width * MediaQuery.devicePixelRatioOf(context);
    return Image.file(
      file,
      width: width,
      height: height,
      fit: fit,
      cacheWidth: pixels.round(),
      gaplessPlayback: true,
      semanticLabel: label,
      errorBuilder: (context, error, stack) => SizedBox(
        width: width,
        height: height,
        child: Icon(
          Icons.broken_image_outlined,
          color: Theme.of(context).colorScheme.onSurfaceVariant,
          semanticLabel: label,
        ),
      ),
    );
  }
}
