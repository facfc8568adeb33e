/// [label], spelt as Keras does, as a person would write it.
String nameOfLabel(String label) {
  final words = label.replaceAll('_', ' ').trim();
  if (words.isEmpty) return words;
  return words[0].toUpperCase() + words.substring(1);
}
