import 'package:flutter/gestures.dart';
import 'package:flutter/material.dart';

import '../../domain/crop.dart';
import '../../l10n/generated/app_localizations.dart';
import 'crop_view_model.dart';

/// How far the frame's handles reach beyond the photo, in logical pixels: half
/// of what a finger needs.
const double cropReach = 24;

/// The frame over a photo of [size], and [cropReach] larger on each side: its
/// edges and corners can be dragged, and so can what is inside. A screen reader
/// moves each edge as a slider.
///
/// Left is left in every language: the photo is not mirrored.
class CropFrame extends StatelessWidget {
  const CropFrame({super.key, required this.model, required this.size});

  final CropViewModel model;

  /// Of the photo on the screen, in logical pixels.
  final Size size;

  @override
  Widget build(BuildContext context) {
    final crop = model.edit.crop;
    final frame = Rect.fromLTRB(
      crop.left * size.width,
      crop.top * size.height,
      crop.right * size.width,
      crop.bottom * size.height,
    ).shift(const Offset(cropReach, cropReach));
    return Stack(
      children: [
        Positioned.fill(
          child: IgnorePointer(
            child: CustomPaint(painter: _FramePainter(frame, size)),
          ),
        ),
        Positioned.fromRect(
          rect: frame,
          child: _Draggable(
            model: model,
            onMoved: (by) => model.move(by.dx, by.dy),
            size: size,
          ),
        ),
        for (final edge in CropEdge.values)
          _handle(_middleOf(frame, edge), [edge], _semantics(context, edge)),
        for (final (corner, edges) in [
          (frame.topLeft, [CropEdge.left, CropEdge.top]),
          (frame.topRight, [CropEdge.right, CropEdge.top]),
          (frame.bottomLeft, [CropEdge.left, CropEdge.bottom]),
          (frame.bottomRight, [CropEdge.right, CropEdge.bottom]),
        ])
          _handle(corner, edges, null),
      ],
    );
  }

  Widget _handle(
    Offset at,
    List<CropEdge> edges,
    Widget Function(Widget child)? describe,
  ) {
    final handle = _Draggable(
      model: model,
      size: size,
      onMoved: (by) {
        for (final edge in edges) {
          model.moveEdge(edge, _isUpright(edge) ? by.dx : by.dy);
        }
      },
    );
    return Positioned.fromRect(
      rect: Rect.fromCircle(center: at, radius: cropReach),
      child: describe == null ? handle : describe(handle),
    );
  }

  Widget Function(Widget) _semantics(BuildContext context, CropEdge edge) {
    final l10n = AppLocalizations.of(context);
    final crop = model.edit.crop;
    String percentOf(double by) =>
        l10n.progressPercentage(crop.withEdgeMoved(edge, by).at(edge));
    void move(double by) {
      model
        ..begin()
        ..moveEdge(edge, by);
    }

    return (child) => Semantics(
          container: true,
          slider: true,
          label: switch (edge) {
            CropEdge.left => l10n.cropEdgeLeft,
            CropEdge.top => l10n.cropEdgeTop,
            CropEdge.right => l10n.cropEdgeRight,
            CropEdge.bottom => l10n.cropEdgeBottom,
          },
          value: percentOf(0),
          increasedValue: percentOf(_step),
          decreasedValue: percentOf(-_step),
          onIncrease: () => move(_step),
          onDecrease: () => move(-_step),
          child: child,
        );
  }
}

/// How far a screen reader moves an edge at once, in parts of the photo.
const double _step = 0.05;

bool _isUpright(CropEdge edge) =>
    edge == CropEdge.left || edge == CropEdge.right;

Offset _middleOf(Rect frame, CropEdge edge) => switch (edge) {
      CropEdge.left => frame.centerLeft,
      CropEdge.top => frame.topCenter,
      CropEdge.right => frame.centerRight,
      CropEdge.bottom => frame.bottomCenter,
    };

/// What a finger moves; one drag is one change.
class _Draggable extends StatelessWidget {
  const _Draggable({
    required this.model,
    required this.size,
    required this.onMoved,
  });

  final CropViewModel model;
  final Size size;

  /// Called with parts of the photo's width and height.
  final void Function(Offset by) onMoved;

  @override
  Widget build(BuildContext context) => GestureDetector(
        behavior: HitTestBehavior.opaque,
        dragStartBehavior: DragStartBehavior.down,
        excludeFromSemantics: true,
        onPanStart: (_) => model.begin(),
        onPanUpdate: (details) => onMoved(
          Offset(
            details.delta.dx / size.width,
            details.delta.dy / size.height,
          ),
        ),
      );
}

/// Dims what is cut off, and draws the frame with its corners.
class _FramePainter extends CustomPainter {
  const _FramePainter(this.frame, this.photo);

  final Rect frame;
  final Size photo;

  @override
  void paint(Canvas canvas, Size size) {
    canvas.drawPath(
      Path.combine(
        PathOperation.difference,
        Path()
          ..addRect(const Offset(cropReach, cropReach) & photo),
        Path()..addRect(frame),
      ),
      Paint()..color = const Color(0x99000000),
    );
    final line = Paint()
      ..style = PaintingStyle.stroke
      ..strokeWidth = 2
      ..color = const Color(0xFFFFFFFF);
    canvas.drawRect(frame, line);
    final knob = Paint()..color = const Color(0xFFFFFFFF);
    for (final at in [
      frame.topLeft,
      frame.topRight,
      frame.bottomLeft,
      frame.bottomRight,
    ]) {
      canvas.drawCircle(at, 8, knob);
    }
    for (final edge in CropEdge.values) {
      canvas.drawCircle(_middleOf(frame, edge), 5, knob);
    }
  }

  @override
  bool shouldRepaint(_FramePainter oldDelegate) =>
      oldDelegate.frame != frame || oldDelegate.photo != photo;
}
