// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.explore;

import io.emotionstream.datasets.fer2013.ColumnProfile;
import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.trainer.data.FoundFace;
import io.emotionstream.trainer.data.RejectedFace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The report as one page that needs nothing else: its figures are inside. */
final class ReportPage {
  private static final int LISTED = 20;
  private static final String STYLE =
      """
      body { font: 16px/1.5 sans-serif; color: #222; max-width: 60rem; margin: 2rem auto;
        padding: 0 1rem; }
      h1, h2 { line-height: 1.2; } h2 { margin-top: 2.5rem; border-bottom: 1px solid #ccc; }
      table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto; }
      th, td { border: 1px solid #ccc; padding: .25rem .6rem; text-align: right; }
      th:first-child, td:first-child { text-align: left; } th { background: #f3f3f3; }
      figure { margin: 1.5rem 0; break-inside: avoid; } img { max-width: 100%; height: auto; }
      figcaption { color: #555; font-size: .9rem; } ul { padding-left: 1.2rem; }
      .note { background: #f7f3e8; padding: .5rem 1rem; border-left: 4px solid #E69F00; }
      """;

  private final Findings findings;
  private final List<FoundFace> faces;
  private final Map<String, ReportFigure> figures = new LinkedHashMap<>();
  private final Map<String, byte[]> pictures;
  private final StringBuilder page = new StringBuilder();

  /**
   * @param pictures PNG file of each figure, by its name
   */
  ReportPage(Findings findings, List<ReportFigure> figures, Map<String, byte[]> pictures) {
    this.findings = findings;
    this.faces = findings.faces();
    this.pictures = pictures;
    figures.forEach(figure -> this.figures.put(figure.name(), figure));
  }

  String html() {
    page.setLength(0);
    String title = "Faces of " + findings.dataset().data().getFileName();
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width\">\n");
    page.append("<title>").append(escape(title)).append("</title>\n");
    page.append("<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n");
    page.append("<h1>").append(escape(title)).append("</h1>\n");
    page.append(
        "<p class=\"note\">This page shows pictures of people. Many data sets, FER-2013 among"
            + " them, may not be published: keep it to yourself.</p>\n");
    data();
    labels();
    heading("What the faces look like");
    figure("samples");
    figure("mean-faces");
    light();
    quality();
    duplicates();
    doubts();
    components();
    return page.append("</body>\n</html>\n").toString();
  }

  private void data() {
    Dataset dataset = findings.dataset();
    heading("Data");
    List<List<String>> rows = new ArrayList<>();
    dataset.bytes().ifPresent(bytes -> rows.add(List.of("size", count(bytes) + " bytes")));
    rows.add(List.of("usable faces", count(faces.size())));
    rows.add(List.of("rows or files left out", count(dataset.rejected().size())));
    dataset
        .faults()
        .forEach((fault, number) -> rows.add(List.of("left out: " + fault, count(number))));
    rows.add(List.of("sizes of the pictures, in pixels", sizes(dataset.sizes())));
    rows.add(List.of("fingerprint (SHA-256 of labels and pixels)", dataset.fingerprint()));
    table(List.of("what", "value"), rows);
    if (!dataset.columns().isEmpty()) {
      List<List<String>> columns = new ArrayList<>();
      for (ColumnProfile column : dataset.columns()) {
        columns.add(
            List.of(
                column.name(),
                column.type().name().toLowerCase(Locale.ROOT),
                count(column.cells()),
                count(column.missing())));
      }
      table(List.of("column", "type", "rows that have it", "empty cells"), columns);
    }
    if (!dataset.rejected().isEmpty()) {
      paragraph("Left out (the first %d; all are in report.json):".formatted(LISTED));
      list(dataset.rejected().stream().limit(LISTED).map(RejectedFace::toString).toList());
    }
  }

  private static String sizes(Map<String, Integer> sizes) {
    List<String> most =
        sizes.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(5)
            .map(size -> "%s (%s)".formatted(size.getKey(), count(size.getValue())))
            .toList();
    int more = sizes.size() - most.size();
    return String.join(", ", most) + (more > 0 ? " and %d more".formatted(more) : "");
  }

  private void labels() {
    heading("Labels");
    List<String> head = new ArrayList<>(List.of("split", "faces"));
    head.addAll(Emotions.names());
    head.add("imbalance");
    List<List<String>> rows = new ArrayList<>();
    for (Usage split : findings.dataset().splits()) {
      long[] counts = findings.dataset().counts(split);
      List<String> row =
          new ArrayList<>(List.of(split.label(), count(Arrays.stream(counts).sum())));
      Arrays.stream(counts).forEach(number -> row.add(count(number)));
      row.add(number("%.1f", Dataset.imbalance(counts)));
      rows.add(row);
    }
    table(head, rows);
    paragraph("Imbalance: how many times the most frequent label is as frequent as the rarest.");
    figure("labels");
  }

  private void light() {
    heading("Brightness and contrast");
    distributions("brightness", PixelMeasures::brightness);
    figure("brightness");
    distributions("contrast", PixelMeasures::contrast);
    figure("contrast");
  }

  private void distributions(String name, ToDoubleFunction<PixelMeasures> measure) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(distribution("all", findings.measures(), measure));
    findings
        .dataset()
        .byLabel()
        .forEach(
            (label, members) ->
                rows.add(
                    distribution(
                        Emotions.nameOf(label),
                        members.stream().map(findings.measures()::get).toList(),
                        measure)));
    table(List.of(name, "mean", "deviation", "5 %", "median", "95 %"), rows);
  }

  private static List<String> distribution(
      String name, List<PixelMeasures> measures, ToDoubleFunction<PixelMeasures> measure) {
    Distribution values = Distribution.of(measures.stream().mapToDouble(measure).toArray());
    List<String> row = new ArrayList<>(List.of(name));
    for (double value :
        new double[] {
          values.mean(),
          values.deviation(),
          values.percentile5(),
          values.median(),
          values.percentile95()
        }) {
      row.add(number("%.1f", value));
    }
    return row;
  }

  private void quality() {
    heading("Quality of the pictures");
    table(
        List.of("what", "pictures"),
        List.of(
            List.of("constant: all pixels alike", count(findings.constant().size())),
            List.of(
                number("nearly blank: contrast below %.0f", PixelMeasures.NEARLY_BLANK),
                count(findings.nearlyBlank().size())),
            List.of(
                number("blurred: variance of the Laplacian below %.0f", Findings.BLURRED),
                count(findings.blurred().size()))));
    figure("blank");
    figure("sharpness");
    figure("blurred");
  }

  private void duplicates() {
    ExactCopies copies = findings.copies();
    heading("Duplicates and leaks between splits");
    table(
        List.of("what", "number"),
        List.of(
            List.of("groups of pixel-identical pictures", count(copies.groups().size())),
            List.of("pictures in them", count(copies.groups().stream().mapToInt(List::size).sum())),
            List.of("groups whose labels conflict", count(copies.conflicting(faces).size())),
            List.of("groups in several splits", count(copies.acrossSplits(faces).size())),
            List.of(
                "pictures outside Training that also stand in Training",
                count(copies.copiesOfTraining(faces).size())),
            List.of(
                number("near duplicates: pairs with r of at least %s", findings.nearCorrelation()),
                count(findings.nearPairs().size())),
            List.of("of these, in two splits", count(findings.nearLeaks().size())),
            List.of("of these, with two labels", count(findings.nearConflicts().size()))));
    paragraph(
        "Constant pictures are in no group. r is Pearson's correlation of the pixels; of identical"
            + " pictures only the first is compared. What was measured on faces that also stand in"
            + " Training measures memory: evaluate leaves them out with --quality quality.csv.");
    for (String name : List.of("conflicts", "leaks", "near-copies", "near-leaks")) {
      figure(name);
    }
  }

  private void doubts() {
    ModelOpinion model = findings.model();
    heading("Likely mislabels");
    paragraph(
        number(
                "Model %s contradicts %s labels with a confidence of at least",
                model.modelId(), count(model.doubts().size()))
            + number(" %.2f. If it was trained on these faces,", model.confidence())
            + " it believes their labels more than it should. It agrees with the label on:");
    table(
        List.of("split", "agreement"),
        model.agreement().entrySet().stream()
            .map(split -> List.of(split.getKey().label(), percent(split.getValue())))
            .toList());
    figure("doubts-model");
    findings.crowd().ifPresent(this::crowd);
  }

  private void crowd(CrowdOpinion crowd) {
    paragraph(
        ("The voters of FER+ prefer another of the seven classes for %s of %s faces, all of them"
                + " agreeing on %s; %s pictures are no face, all say. Where most prefer one of the"
                + " seven, it is the label of %s of the faces:")
            .formatted(
                count(crowd.doubts().size()),
                count(crowd.faces()),
                count(crowd.unanimous()),
                count(crowd.notFaces().size()),
                percent(crowd.agreement())));
    List<String> shares = new ArrayList<>(List.of("agreement"));
    for (Emotion label : Emotions.ALL) {
      shares.add(percent(crowd.agreement(label)));
    }
    List<String> head = new ArrayList<>(List.of(""));
    head.addAll(Emotions.names());
    table(head, List.of(shares));
    findings
        .doubtsSharedByVoters()
        .ifPresent(
            share ->
                paragraph(
                    "Of the labels that the model doubts, the voters doubt %s; of all, %s."
                        .formatted(
                            percent(share),
                            percent((double) crowd.doubts().size() / crowd.faces()))));
    figure("votes");
    figure("doubts-votes");
    figure("not-faces");
  }

  private void components() {
    heading("Principal components");
    paragraph(
        ("Of the pixels in [0, 1] of %s faces: %d components hold 90 %% of the variance, %d hold"
                + " 95 %%.")
            .formatted(
                count(findings.fitted()),
                findings.componentsFor(0.9),
                findings.componentsFor(0.95)));
    figure("pca-variance");
    figure("eigenfaces");
    figure("pca-scatter");
  }

  private void heading(String text) {
    page.append("<h2>").append(escape(text)).append("</h2>\n");
  }

  private void paragraph(String text) {
    page.append("<p>").append(escape(text)).append("</p>\n");
  }

  private void list(List<String> items) {
    page.append("<ul>\n");
    items.forEach(item -> page.append("<li>").append(escape(item)).append("</li>\n"));
    page.append("</ul>\n");
  }

  private void table(List<String> head, List<List<String>> rows) {
    page.append("<table>\n");
    row("th", head);
    rows.forEach(cells -> row("td", cells));
    page.append("</table>\n");
  }

  private void row(String element, List<String> cells) {
    page.append("<tr>");
    cells.forEach(
        cell ->
            page.append("<%s>".formatted(element))
                .append(escape(cell))
                .append("</%s>".formatted(element)));
    page.append("</tr>\n");
  }

  private void figure(String name) {
    ReportFigure figure = figures.get(name);
    if (figure == null) {
      return; // there was nothing to show
    }
    String caption = escape(figure.caption());
    page.append("<figure><img alt=\"").append(caption);
    page.append("\" src=\"data:image/png;base64,");
    page.append(Base64.getEncoder().encodeToString(pictures.get(name)));
    page.append("\"><figcaption>").append(caption).append("</figcaption></figure>\n");
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String number(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
