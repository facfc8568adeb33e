import 'package:flutter/material.dart';

/// From this width on, the navigation is at the side.
const double railMinWidth = 600;

/// From this width on, a list and what is chosen in it are side by side.
const double twoPanesMinWidth = 840;

/// Keeps lines short enough to read, on wide screens in the middle.
class ReadableWidth extends StatelessWidget {
  const ReadableWidth({super.key, required this.child});

  final Widget child;

  @override
  Widget build(BuildContext context) => Align(
        alignment: Alignment.topCenter,
        child: ConstrainedBox(
          constraints: const BoxConstraints(maxWidth: 640),
          child: child,
        ),
      );
}

/// A column that scrolls when text is large or the keyboard is up.
class ScrollingColumn extends StatelessWidget {
  const ScrollingColumn({super.key, required this.children});

  final List<Widget> children;

  @override
  Widget build(BuildContext context) => ReadableWidth(
        child: ListView(
          padding: const EdgeInsets.all(16),
          children: [
            for (final (i, child) in children.indexed) ...[
              if (i > 0) const SizedBox(height: 16),
              child,
            ],
          ],
        ),
      );
}
