import 'dart:math';

import 'package:flutter/material.dart';

/// From this width on, the navigation is at the side.
const double railMinWidth = 600;

/// From this width on, as tablets and phones on their side have it, what
/// belongs together is side by side.
const double twoPanesMinWidth = 560;

bool hasTwoPanes(BuildContext context) =>
    MediaQuery.sizeOf(context).width >= twoPanesMinWidth;

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

/// Two columns, side by side where there is room for two panes, and one after
/// the other where not, or where the second is empty.
class TwoColumns extends StatelessWidget {
  const TwoColumns({
    super.key,
    required this.first,
    required this.second,
    this.column = _scrolling,
  });

  final List<Widget> first;
  final List<Widget> second;

  /// Makes a column that scrolls by itself.
  final Widget Function(List<Widget> children) column;

  @override
  Widget build(BuildContext context) => hasTwoPanes(context) &&
          second.isNotEmpty
      ? Row(
          crossAxisAlignment: CrossAxisAlignment.start,
          children: [
            Expanded(child: column(first)),
            Expanded(child: column(second)),
          ],
        )
      : column([...first, ...second]);

  static Widget _scrolling(List<Widget> children) =>
      ScrollingColumn(children: children);
}

/// A search field above what it finds. Where a keyboard leaves too little
/// room for both, they scroll; they stay in place in the tree, so that the
/// field keeps its focus.
class SearchColumn extends StatelessWidget {
  const SearchColumn({super.key, required this.field, required this.found});

  final Widget field;
  final Widget found;

  @override
  Widget build(BuildContext context) => LayoutBuilder(
        builder: (context, size) => SingleChildScrollView(
          primary: false,
          physics: const ClampingScrollPhysics(),
          child: SizedBox(
            height: max(size.maxHeight, 240),
            child: Column(children: [field, Expanded(child: found)]),
          ),
        ),
      );
}
