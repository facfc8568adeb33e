import 'dart:typed_data';

import 'package:flutter/material.dart';

/// A photo that two fingers or a double tap enlarge.
class ZoomablePhoto extends StatefulWidget {
  const ZoomablePhoto(
    this.bytes, {
    super.key,
    required this.label,
    this.overlay,
  });

  final Uint8List bytes;

  /// A picture of the same shape to lay over it; null for none.
  final Uint8List? overlay;

  /// Read out for the picture.
  final String label;

  @override
  State<ZoomablePhoto> createState() => _ZoomablePhotoState();
}

class _ZoomablePhotoState extends State<ZoomablePhoto> {
  final TransformationController _zoom = TransformationController();
  Offset _tapped = Offset.zero;

  @override
  void dispose() {
    _zoom.dispose();
    super.dispose();
  }

  void _toggle() {
    final isZoomed = _zoom.value.getMaxScaleOnAxis() > 1;
    _zoom.value = isZoomed
        ? Matrix4.identity()
        : (Matrix4.identity()
          ..setEntry(0, 0, _doubleTapScale)
          ..setEntry(1, 1, _doubleTapScale)
          ..setEntry(0, 3, _tapped.dx * (1 - _doubleTapScale))
          ..setEntry(1, 3, _tapped.dy * (1 - _doubleTapScale)));
  }

  @override
  Widget build(BuildContext context) => ClipRRect(
        borderRadius: BorderRadius.circular(16),
        child: GestureDetector(
          onDoubleTapDown: (details) => _tapped = details.localPosition,
          onDoubleTap: _toggle,
          child: InteractiveViewer(
            transformationController: _zoom,
            maxScale: 8,
            child: Stack(
              fit: StackFit.expand,
              children: [
                _photo(),
                if (widget.overlay case final overlay?)
                  Image.memory(
                    overlay,
                    fit: BoxFit.contain,
                    gaplessPlayback: true,
                    excludeFromSemantics: true,
                    errorBuilder: (context, error, stack) =>
                        const SizedBox.shrink(),
                  ),
              ],
            ),
          ),
        ),
      );

  Widget _photo() => Image.memory(
        widget.bytes,
        width: double.infinity,
        height: double.infinity,
        fit: BoxFit.contain,
        gaplessPlayback: true,
        semanticLabel: widget.label,
        errorBuilder: (context, error, stack) => Center(
          child: Icon(
            Icons.broken_image_outlined,
            size: 56,
            semanticLabel: widget.label,
          ),
        ),
      );
}

const double _doubleTapScale = 3;
