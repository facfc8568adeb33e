import 'dart:async';

import 'package:flutter/material.dart';

import '../../l10n/generated/app_localizations.dart';
import '../../utils/result.dart';
import '../classify/local_photo.dart';
import '../core/busy.dart';
import '../core/error_messages.dart';
import '../core/messages.dart';
import 'crop_frame.dart';
import 'crop_view_model.dart';

/// Where a photo is cropped and turned before it is sent. It closes with true
/// when the photo was sent; who goes back leaves all as it was.
class CropScreen extends StatefulWidget {
  const CropScreen({super.key, required this.model});

  /// Is disposed of with the screen.
  final CropViewModel model;

  @override
  State<CropScreen> createState() => _CropScreenState();
}

class _CropScreenState extends State<CropScreen> {
  CropViewModel get _model => widget.model;

  @override
  void initState() {
    super.initState();
    unawaited(_model.size.execute());
  }

  @override
  void dispose() {
    _model.dispose();
    super.dispose();
  }

  Future<void> _send() async {
    await _model.send.execute();
    if (mounted && _model.send.result is Ok<void>) Navigator.pop(context, true);
  }

  @override
  Widget build(BuildContext context) => ListenableBuilder(
        listenable: _model,
        // Once it is being sent it is too late to go back.
        builder: (context, _) => PopScope<bool>(
          canPop: !_model.send.running,
          child: Scaffold(
            appBar: AppBar(title: Text(AppLocalizations.of(context).cropTitle)),
            body: SafeArea(
              child: LayoutBuilder(
                builder: (context, size) => Flex(
                  direction: size.maxWidth > size.maxHeight
                      ? Axis.horizontal
                      : Axis.vertical,
                  children: [
                    Expanded(flex: 3, child: _photo(context)),
                    Flexible(
                      flex: 2,
                      child: SingleChildScrollView(child: _controls(context)),
                    ),
                  ],
                ),
              ),
            ),
          ),
        ),
      );

  Widget _photo(BuildContext context) => switch (_model.size.result) {
        Ok(value: (final width, final height)) => LayoutBuilder(
            builder: (context, space) {
              final isOnSide = _model.edit.isOnSide;
              final seen = applyBoxFit(
                BoxFit.contain,
                Size(
                  (isOnSide ? height : width).toDouble(),
                  (isOnSide ? width : height).toDouble(),
                ),
                const EdgeInsets.all(cropReach).deflateSize(space.biggest),
              ).destination;
              return Center(
                child: SizedBox.fromSize(
                  size: const EdgeInsets.all(cropReach).inflateSize(seen),
                  child: Stack(
                    children: [
                      Positioned.fill(
                        child: Padding(
                          padding: const EdgeInsets.all(cropReach),
                          child: _turned(context, seen),
                        ),
                      ),
                      Positioned.fill(
                        child: CropFrame(model: _model, size: seen),
                      ),
                    ],
                  ),
                ),
              );
            },
          ),
        Ok() || Failed() => const Center(
            child: Icon(Icons.broken_image_outlined, size: 56),
          ),
        null => const LoadingView(),
      };

  Widget _turned(BuildContext context, Size seen) => RotatedBox(
        quarterTurns: _model.edit.quarterTurns,
        child: LocalPhoto(
          _model.photo,
          label: AppLocalizations.of(context).cropPhoto,
          width: _model.edit.isOnSide ? seen.height : seen.width,
          height: _model.edit.isOnSide ? seen.width : seen.height,
          fit: BoxFit.fill,
        ),
      );

  Widget _controls(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    final canEdit = switch (_model.size.result) {
      Ok(:final value) => value != null,
      _ => false,
    };
    final isFree = canEdit && !_model.send.running;
    return Padding(
      padding: const EdgeInsets.all(12),
      child: Column(
        mainAxisSize: MainAxisSize.min,
        crossAxisAlignment: CrossAxisAlignment.stretch,
        children: [
          if (_model.send.error case final error?)
            ErrorCard.failure(context, error)
          else if (_model.size.result != null && !canEdit)
            ErrorCard(
              ErrorWords(l10n.cropUnreadable, l10n.cropUnreadableAdvice),
            ),
          Wrap(
            alignment: WrapAlignment.center,
            children: [
              for (final (icon, name, act) in [
                (
                  Icons.rotate_left,
                  l10n.cropTurnLeft,
                  isFree ? () => _model.turn(clockwise: false) : null,
                ),
                (
                  Icons.rotate_right,
                  l10n.cropTurnRight,
                  isFree ? () => _model.turn(clockwise: true) : null,
                ),
                (
                  Icons.undo,
                  l10n.undo,
                  isFree && _model.canUndo ? _model.undo : null,
                ),
                (
                  Icons.crop_free,
                  l10n.cropWhole,
                  isFree && !_model.edit.isNone ? _model.reset : null,
                ),
              ])
                IconButton(onPressed: act, icon: Icon(icon), tooltip: name),
            ],
          ),
          BusyButton(
            label: _model.edit.isNone ? l10n.cropSendWhole : l10n.cropSend,
            busy: _model.send.running,
            onPressed: _send,
          ),
        ],
      ),
    );
  }
}
