import 'dart:typed_data';

import 'package:flutter/material.dart';

import '../../data/prediction_repository.dart';
import '../../domain/prediction.dart';
import '../../utils/result.dart';

/// The small picture of a prediction.
class PhotoThumbnail extends StatefulWidget {
  const PhotoThumbnail({
    super.key,
    required this.prediction,
    required this.repository,
    this.side = 64,
  });

  final Prediction prediction;
  final PredictionRepository repository;

  /// In logical pixels.
  final double side;

  @override
  State<PhotoThumbnail> createState() => _PhotoThumbnailState();
}

class _PhotoThumbnailState extends State<PhotoThumbnail> {
  Result<Uint8List>? _loaded;

  @override
  void initState() {
    super.initState();
    _load();
  }

  @override
  void didUpdateWidget(PhotoThumbnail oldWidget) {
    super.didUpdateWidget(oldWidget);
    if (oldWidget.prediction != widget.prediction) _load();
  }

  Future<void> _load() async {
    final prediction = widget.prediction;
    final loaded = await widget.repository.thumbnail(prediction);
    if (!mounted || widget.prediction != prediction) return;
    setState(() => _loaded = loaded);
  }

  @override
  Widget build(BuildContext context) => ClipRRect(
        borderRadius: BorderRadius.circular(8),
        child: SizedBox.square(
          dimension: widget.side,
          child: switch (_loaded) {
            Ok(value: final bytes) => Image.memory(
                bytes,
                fit: BoxFit.cover,
                gaplessPlayback: true,
                excludeFromSemantics: true,
                errorBuilder: (context, error, stack) => const _NoPicture(),
              ),
            Failed() => const _NoPicture(),
            null => ColoredBox(
                color: Theme.of(context).colorScheme.surfaceContainerHighest,
              ),
          },
        ),
      );
}

/// Is not read out, as no picture is that is there: what it shows is beside it.
class _NoPicture extends StatelessWidget {
  const _NoPicture();

  @override
  Widget build(BuildContext context) {
    final colors = Theme.of(context).colorScheme;
    return ColoredBox(
      color: colors.surfaceContainerHighest,
      child: Icon(
        Icons.image_not_supported_outlined,
        color: colors.onSurfaceVariant,
      ),
    );
  }
}
