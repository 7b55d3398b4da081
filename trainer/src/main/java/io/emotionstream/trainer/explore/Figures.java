// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.explore;

import static io.emotionstream.model.FaceNormalizer.PIXELS;

import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.datasets.ferplus.Vote;
import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionColors;
import io.emotionstream.trainer.chart.BarFigure;
import io.emotionstream.trainer.chart.MatrixFigure;
import io.emotionstream.trainer.chart.Montage;
import io.emotionstream.trainer.chart.Montage.Cell;
import io.emotionstream.trainer.chart.XyFigure;
import io.emotionstream.trainer.data.FoundFace;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Draws what was found. A figure that would be empty is left out. */
final class Figures {
  private static final int SAMPLES = 10;
  private static final int SCATTERED = 150;
  private static final int SHOWN = 16;
  private static final int COLUMNS = 8;
  private static final int EIGENFACES = 16;
  private static final int BINS = 51;

  private final Findings findings;
  private final List<FoundFace> faces;
  private final Map<Emotion, List<Integer>> byLabel;
  private final long seed;

  Figures(Findings findings, long seed) {
    this.findings = findings;
    this.faces = findings.faces();
    this.byLabel = findings.dataset().byLabel();
    this.seed = seed;
  }

  /** Returns the figures in the order of the report. */
  List<ReportFigure> all() {
    List<ReportFigure> all = new ArrayList<>();
    all.add(labels());
    all.add(samples());
    all.add(meanFaces());
    all.add(
        histograms(
            "brightness",
            "Brightness",
            "mean gray level of a face",
            255,
            PixelMeasures::brightness));
    all.add(
        histograms(
            "contrast",
            "Contrast",
            "standard deviation of a face's gray levels",
            127.5,
            PixelMeasures::contrast));
    all.add(sharpness());
    gallery(all, "blank", "Constant and nearly blank pictures", "contrast", blank());
    gallery(all, "blurred", "The most blurred pictures", "sharpness", findings.blurred());
    pairs(all, "conflicts", "Identical pictures with different labels", conflicts());
    pairs(all, "leaks", "Identical pictures in different splits", leaks());
    pairs(all, "near-copies", "Near duplicates", near(findings.nearPairs()));
    pairs(all, "near-leaks", "Near duplicates in different splits", near(findings.nearLeaks()));
    doubts(all, "doubts-model", "The model contradicts the label", findings.model().doubts());
    findings
        .crowd()
        .ifPresent(
            crowd -> {
              all.add(votes(crowd));
              doubts(all, "doubts-votes", "The voters contradict the label", crowd.doubts());
              gallery(all, "not-faces", "Not a face, all voters say", "", crowd.notFaces());
            });
    all.add(variance());
    all.add(eigenfaces());
    all.add(scatter());
    return all;
  }

  private ReportFigure labels() {
    BarFigure bars =
        BarFigure.of("Faces with each label", "label", "number of faces", Emotions.names());
    for (Usage split : findings.dataset().splits()) {
      long[] counts = findings.dataset().counts(split);
      bars.bars(split.label(), Arrays.stream(counts).asDoubleStream().toArray());
    }
    return new ReportFigure(
        "labels", "Number of faces with each label, by split.", bars.withValues("#,##0"));
  }

  private ReportFigure samples() {
    Montage grid = Montage.of("Samples of each label", 64);
    byLabel.forEach(
        (label, members) -> {
          List<Integer> shuffled = new ArrayList<>(members);
          Collections.shuffle(shuffled, new Random(seed + Emotions.ALL.indexOf(label)));
          grid.row(
              Emotions.nameOf(label),
              shuffled.stream().limit(SAMPLES).map(i -> new Cell(pixels(i), "")).toList());
        });
    return new ReportFigure(
        "samples", "Faces drawn at random (seed %d) from each label.".formatted(seed), grid);
  }

  private ReportFigure meanFaces() {
    double[] all = mean(IntStream.range(0, faces.size()).boxed().toList());
    List<Cell> means = new ArrayList<>();
    List<Cell> differences = new ArrayList<>();
    byLabel.forEach(
        (label, members) -> {
          double[] mean = mean(members);
          means.add(new Cell(stretched(mean), Emotions.nameOf(label)));
          for (int i = 0; i < PIXELS; i++) {
            mean[i] -= all[i];
          }
          differences.add(new Cell(signed(mean), ""));
        });
    return new ReportFigure(
        "mean-faces",
        "Mean face of each label, stretched to full contrast, and how it differs from the mean of"
            + " all faces (gray: not at all; lighter or darker there; stretched too).",
        Montage.of("Mean face of each label", 96)
            .row("mean", means)
            .row("difference", differences));
  }

  private ReportFigure histograms(
      String name, String title, String axis, double to, ToDoubleFunction<PixelMeasures> measure) {
    XyFigure figure = XyFigure.of(title + " by label", axis, "share of the label's faces");
    byLabel.forEach(
        (label, members) ->
            figure.histogram(
                Emotions.nameOf(label),
                members.stream()
                    .mapToDouble(i -> measure.applyAsDouble(findings.measures().get(i)))
                    .toArray(),
                BINS,
                0,
                to,
                true,
                color(label)));
    return new ReportFigure(
        name,
        "%s: %s, in %d bins; share of the faces with each label.".formatted(title, axis, BINS),
        figure);
  }

  private ReportFigure sharpness() {
    double[] logarithms =
        findings.measures().stream()
            .filter(face -> face.sharpness() > 0)
            .mapToDouble(face -> Math.log10(face.sharpness()))
            .toArray();
    double most = 0;
    for (int bin = 0; bin < 60; bin++) {
      double from = bin / 12.0;
      long count = Arrays.stream(logarithms).filter(v -> v >= from && v < from + 1 / 12.0).count();
      most = Math.max(most, (double) count);
    }
    double threshold = Math.log10(Findings.BLURRED);
    XyFigure figure =
        XyFigure.of("Sharpness", "log10 of the variance of the Laplacian", "number of faces")
            .histogram("faces", logarithms, 60, 0, 5, false, new Color(0x00, 0x72, 0xB2))
            .mark("blurred below", threshold, 0, Math.max(1, most));
    return new ReportFigure(
        "sharpness",
        "Variance of the Laplacian, on a logarithmic axis: the less, the more blurred. The dashed"
            + " line is at %.0f.".formatted(Findings.BLURRED),
        figure);
  }

  private List<Integer> blank() {
    List<Integer> blank = new ArrayList<>(findings.constant());
    blank.addAll(findings.nearlyBlank());
    return blank;
  }

  private void gallery(
      List<ReportFigure> all, String name, String title, String measure, List<Integer> members) {
    if (members.isEmpty()) {
      return;
    }
    List<Cell> cells =
        members.stream()
            .limit(SHOWN)
            .map(
                i -> {
                  PixelMeasures face = findings.measures().get(i);
                  String value =
                      switch (measure) {
                        case "contrast" -> "\n" + number(face.contrast());
                        case "sharpness" -> "\n" + number(face.sharpness());
                        default -> "";
                      };
                  return new Cell(pixels(i), label(i) + value);
                })
            .toList();
    String below = measure.isEmpty() ? "label" : "label and " + measure;
    all.add(
        new ReportFigure(
            name,
            "%s: %s; below each, %s.".formatted(title, shown(members.size(), "picture"), below),
            Montage.of(title, 84).rows(cells, COLUMNS)));
  }

  /** Two positions and what is written between them. */
  private record Pair(int first, int second, String note) {}

  private List<Pair> conflicts() {
    List<Pair> pairs = new ArrayList<>();
    for (List<Integer> group : findings.copies().conflicting(faces)) {
      int first = group.get(0);
      group.stream()
          .filter(i -> faces.get(i).face().emotion() != faces.get(first).face().emotion())
          .findFirst()
          .ifPresent(other -> pairs.add(new Pair(first, other, "")));
    }
    return pairs;
  }

  private List<Pair> leaks() {
    List<Pair> pairs = new ArrayList<>();
    for (List<Integer> group : findings.copies().acrossSplits(faces)) {
      int first = group.get(0);
      group.stream()
          .filter(i -> faces.get(i).usage() != faces.get(first).usage())
          .findFirst()
          .ifPresent(other -> pairs.add(new Pair(first, other, "")));
    }
    return pairs;
  }

  private static List<Pair> near(List<NearPair> pairs) {
    return pairs.stream()
        .map(
            pair ->
                new Pair(
                    pair.first(),
                    pair.second(),
                    String.format(Locale.ROOT, "\nr = %.3f", pair.correlation())))
        .toList();
  }

  /** Draws pairs above each other, spread evenly over the list. */
  private void pairs(List<ReportFigure> all, String name, String title, List<Pair> pairs) {
    if (pairs.isEmpty()) {
      return;
    }
    List<Pair> spread = spread(pairs, SHOWN);
    Montage grid = Montage.of(title, 84);
    for (int from = 0; from < spread.size(); from += COLUMNS) {
      List<Pair> row = spread.subList(from, Math.min(spread.size(), from + COLUMNS));
      grid.row("", row.stream().map(p -> new Cell(pixels(p.first), where(p.first))).toList());
      grid.row(
          "",
          row.stream()
              .map(p -> new Cell(pixels(p.second), where(p.second) + p.note + "\n "))
              .toList());
    }
    all.add(
        new ReportFigure(
            name,
            "%s: %s, one above the other, with label and split."
                .formatted(title, shown(pairs.size(), "pair")),
            grid));
  }

  private void doubts(List<ReportFigure> all, String name, String title, List<LabelDoubt> doubts) {
    if (doubts.isEmpty()) {
      return;
    }
    List<Cell> cells =
        doubts.stream()
            .limit(SHOWN)
            .map(
                doubt ->
                    new Cell(
                        pixels(doubt.face()),
                        "%s\nnot %s\n%.0f %%"
                            .formatted(
                                Emotions.nameOf(doubt.suggested()),
                                label(doubt.face()),
                                100 * doubt.confidence())))
            .toList();
    all.add(
        new ReportFigure(
            name,
            "%s: %s, the surest first; below each, what it should be, its label, and how sure."
                .formatted(title, shown(doubts.size(), "face")),
            Montage.of(title, 84).rows(cells, COLUMNS)));
  }

  private static ReportFigure votes(CrowdOpinion crowd) {
    List<String> columns = Arrays.stream(Vote.values()).map(Vote::column).toList();
    double[][] shares = new double[Emotions.COUNT][];
    for (int label = 0; label < Emotions.COUNT; label++) {
      double sum = Arrays.stream(crowd.byLabel()[label]).sum();
      shares[label] = Arrays.stream(crowd.byLabel()[label]).mapToDouble(n -> n / sum).toArray();
      for (int i = 0; i < shares[label].length; i++) {
        shares[label][i] *= 100;
      }
    }
    return new ReportFigure(
        "votes",
        "What most voters of FER+ saw in the faces with each label, in per cent of these; faces"
            + " without a majority are left out.",
        MatrixFigure.heatMap(
            "What the voters saw (% of each label)",
            "label", "majority of the votes", Emotions.names(), columns, shares, "%.1f"));
  }

  private ReportFigure variance() {
    int count = findings.components().vectors().length;
    double[] xs = new double[count];
    double[] ys = new double[count];
    for (int k = 0; k < count; k++) {
      xs[k] = k + 1;
      ys[k] = 100 * findings.explained(k + 1);
    }
    return new ReportFigure(
        "pca-variance",
        "Variance of the pixels that the strongest principal components hold together.",
        XyFigure.of("Explained variance", "number of principal components", "% of the variance")
            .line("explained", xs, ys, new Color(0x00, 0x72, 0xB2))
            .reference("90 %", new double[] {0, count}, new double[] {90, 90})
            .xRange(0, count)
            .yRange(0, 100));
  }

  private ReportFigure eigenfaces() {
    List<Cell> cells = new ArrayList<>();
    cells.add(new Cell(stretched(doubles(findings.components().mean())), "mean"));
    for (int k = 0; k < EIGENFACES - 1; k++) {
      double share = findings.explained(k + 1) - findings.explained(k);
      cells.add(
          new Cell(
              signed(doubles(findings.components().vectors()[k])),
              String.format(Locale.ROOT, "%d: %.1f %%", k + 1, 100 * share)));
    }
    return new ReportFigure(
        "eigenfaces",
        "Mean face and strongest principal components of the pixels (gray: no part in it), with"
            + " the share of the variance that each holds.",
        Montage.of("Eigenfaces", 84).rows(cells, COLUMNS));
  }

  private ReportFigure scatter() {
    XyFigure figure =
        XyFigure.of("Faces on the first two principal components", "component 1", "component 2");
    byLabel.forEach(
        (label, members) -> {
          List<Integer> shuffled = new ArrayList<>(members);
          Collections.shuffle(shuffled, new Random(seed + Emotions.ALL.indexOf(label)));
          int shown = Math.min(SCATTERED, shuffled.size());
          double[] xs = new double[shown];
          double[] ys = new double[shown];
          for (int i = 0; i < shown; i++) {
            float[] at =
                findings.components().project(faces.get(shuffled.get(i)).face().normalized());
            xs[i] = at[0];
            ys[i] = at[1];
          }
          figure.points(Emotions.nameOf(label), xs, ys, color(label));
        });
    return new ReportFigure(
        "pca-scatter",
        "Up to %d faces of each label (seed %d): the strongest components tell light, not"
                .formatted(SCATTERED, seed)
            + " expression, where the colours mix.",
        figure);
  }

  private byte[] pixels(int face) {
    return faces.get(face).face().pixels();
  }

  private String label(int face) {
    return Emotions.nameOf(faces.get(face).face().emotion());
  }

  private String where(int face) {
    return label(face) + "\n" + faces.get(face).usage().label();
  }

  private double[] mean(List<Integer> members) {
    double[] mean = new double[PIXELS];
    for (int face : members) {
      byte[] pixels = pixels(face);
      for (int i = 0; i < PIXELS; i++) {
        mean[i] += (pixels[i] & 0xFF) / (double) members.size();
      }
    }
    return mean;
  }

  /** Returns gray levels from 0 for the least value to 255 for the greatest. */
  private static byte[] stretched(double[] values) {
    double least = Arrays.stream(values).min().orElse(0);
    double range = Math.max(1e-9, Arrays.stream(values).max().orElse(0) - least);
    byte[] gray = new byte[values.length];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = (byte) Math.round(255 * (values[i] - least) / range);
    }
    return gray;
  }

  /** Returns gray levels around 128 for 0, such that the greatest size is black or white. */
  private static byte[] signed(double[] values) {
    double most = Math.max(1e-9, Arrays.stream(values).map(Math::abs).max().orElse(0));
    byte[] gray = new byte[values.length];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = (byte) Math.round(127.5 + 127.5 * values[i] / most);
    }
    return gray;
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static <T> List<T> spread(List<T> all, int count) {
    int shown = Math.min(count, all.size());
    return IntStream.range(0, shown)
        .mapToObj(i -> all.get((int) ((long) i * all.size() / shown)))
        .toList();
  }

  private static String shown(int count, String what) {
    String all = String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
    return count <= SHOWN ? all : SHOWN + " of " + all;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static Color color(Emotion emotion) {
    return Color.decode(EmotionColors.hexOf(emotion));
  }
}
