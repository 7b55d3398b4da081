// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.card;

import com.fasterxml.jackson.databind.JsonNode;
import io.emotionstream.model.BundleManifest;
import io.emotionstream.model.Calibration;
import io.emotionstream.model.Emotions;
import io.emotionstream.model.ModelBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a model card (Mitchell et al. 2019, "Model Cards for Model Reporting") in Markdown.
 *
 * <p>Every figure of the model comes from the bundle or an evaluation of it; the same inputs give
 * the same text.
 */
public final class ModelCard {
  private static final List<String> LEGAL =
      List.of(
          "Inferring emotions of people at work or in education: forbidden in the European Union"
              + " (AI Act, Article 5(1)(f)), but for medical or safety reasons. Recruitment,"
              + " probation, call-centre staff and classrooms are work and education.",
          "Any decision about a person: hiring, credit, insurance, access, policing, care.",
          "Finding out what somebody feels, intends or suffers from, lie detection, diagnosis: a"
              + " face shows an expression, and people of different cultures, ages and states show"
              + " different ones for the same feeling.",
          "Telling people apart. It is not trained for that, and track ids do not say whose they"
              + " are.",
          "Children, people in distress, or anybody who was not told: other uses of emotion"
              + " recognition are high-risk in the European Union (AI Act, Annex III 1(c)), and"
              + " people exposed to it have to be informed (Article 50(3)).");

  private final ModelBundle bundle;
  private final List<Measured> own = new ArrayList<>();
  private final List<Measured> others = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  private ModelCard(ModelBundle bundle, List<Measured> evaluations) throws IOException {
    this.bundle = bundle;
    for (Measured evaluation : evaluations) {
      (evaluation.modelId().equals(bundle.modelId()) ? own : others).add(evaluation);
    }
    if (own.isEmpty()) {
      throw new IOException(
          "no evaluation is of model %s, but of %s: evaluate it"
              .formatted(
                  bundle.modelId(),
                  others.isEmpty()
                      ? "none"
                      : String.join(", ", others.stream().map(Measured::modelId).toList())));
    }
  }

  /**
   * Returns the card of a bundle.
   *
   * @param evaluations directories that {@code ./emotion evaluate --out} wrote; the last that is of
   *     this bundle is shown class by class; those of other models and baselines are set beside it
   * @throws IOException if one cannot be read, or none is of this bundle
   */
  public static String of(ModelBundle bundle, List<Path> evaluations) throws IOException {
    List<Measured> measured = new ArrayList<>();
    for (Path directory : evaluations) {
      measured.add(Measured.read(directory));
    }
    return new ModelCard(bundle, measured).write();
  }

  private String write() {
    BundleManifest manifest = bundle.manifest();
    line("# Model card: %s `%s`", manifest.network(), bundle.modelId());
    line("");
    line(
        "Written by `./emotion model-card` from the bundle and its evaluations; no figure here was"
            + " typed. Do not edit: make it again (last section).");
    writeIdentity(manifest);
    writeForbidden();
    writeData(manifest.provenance());
    writeResults();
    writeClasses();
    writeCalibration();
    writeOthers();
    writeLimits();
    writeRebuild(manifest.provenance());
    return text.toString();
  }

  private void writeIdentity(BundleManifest manifest) {
    heading("What it is");
    line(
        "A convolutional network that says which of seven expressions a face crop appears to"
            + " show.");
    line("");
    line("| | |");
    line("| --- | --- |");
    line("| id | `%s`: start of the SHA-256 of the bundle's file |", bundle.modelId());
    line("| network | %s |", manifest.network());
    line("| parameters | %,d |", manifest.parameters());
    line("| multiply-adds a face | %.1f million |", manifest.multiplyAdds() / 1e6);
    line("| input | one face, 48 x 48, gray, in [0, 1] (`%s`) |", manifest.normalization());
    line("| output | probabilities of %s |", String.join(", ", manifest.classes()));
  }

  private void writeForbidden() {
    heading("What it must not be used for");
    LEGAL.forEach(use -> line("- %s", use));
    line("");
    line("These are the notes of engineers, not legal advice.");
  }

  private void writeData(Map<String, String> provenance) {
    heading("Data");
    line(
        "FER-2013 (Goodfellow et al. 2013, \"Challenges in Representation Learning\"): faces from a"
            + " web search for words of emotion, cut and reduced to 48 x 48 gray pixels. The"
            + " pictures belong to others: the set is for research and may not be redistributed,"
            + " and neither is it here. Who is in it, how old and from where, was never recorded.");
    line("");
    line(
        "- Trained on %s faces and chosen by %s others (validation), both out of the Training rows;"
            + " pixel-identical faces are on one side.",
        value(provenance, "trainingFaces"), value(provenance, "validationFaces"));
    line(
        "- Data fingerprint `%s`, seed %s.",
        abbreviated(value(provenance, "dataFingerprint")), value(provenance, "seed"));
    if (value(provenance, "extraAnnotation").contains("FER+ votes")) {
      line(
          "- **More labels than FER-2013's own**: the votes of FER+ (Barsoum et al. 2016) on the"
              + " same training faces were a second target. Compare it with others that had them.");
    } else if (value(provenance, "extraAnnotation").equals("none")) {
      line("- No other pictures, labels or pre-trained weights.");
    }
  }

  private void writeResults() {
    heading("Results");
    line(
        "Intervals are of 95 %%: Wilson's for accuracy, bootstrap for macro F1. *Single crop* is"
            + " one look at each face as it is, which is what the stream does; *flip* averages with"
            + " the mirror image. *Without copies* leaves out faces that stand pixel by pixel among"
            + " those trained on. The epoch was chosen by validation accuracy, so that figure"
            + " flatters; temperature and threshold were fitted there too. Test faces were used for"
            + " neither.");
    line("");
    line("| split | faces | how | accuracy | macro F1 |");
    line("| --- | --- | --- | --- | --- |");
    for (Measured evaluation : own) {
      row(evaluation, "single crop", evaluation.root(), evaluation.at("/n").asLong());
      if (evaluation.has("flipAveraged")) {
        row(evaluation, "flip", evaluation.at("/flipAveraged"), evaluation.at("/n").asLong());
      }
      if (evaluation.at("/withoutCopiesInTraining/copies").asLong() > 0) {
        JsonNode without = evaluation.at("/withoutCopiesInTraining");
        row(evaluation, "single crop, without copies", without, without.get("n").asLong());
      }
    }
    Measured main = main();
    if (main.at("/imagesPerSecond").isNumber()) {
      line("");
      line(
          "It classified %.0f faces a second in batches of %d on one thread (%s; a busy machine"
              + " makes this too low, docs/PERFORMANCE.md measures it with care).",
          main.at("/imagesPerSecond").asDouble(),
          main.at("/batch").asInt(),
          main.at("/machine").asText());
    }
  }

  private void row(Measured evaluation, String how, JsonNode scores, long faces) {
    line(
        "| %s | %,d | %s | %s | %s |",
        evaluation.split(),
        faces,
        how,
        Measured.percent(scores.path("accuracy"), scores.path("accuracyInterval")),
        Measured.percent(scores.path("macroF1"), scores.path("macroF1Interval")));
  }

  private void writeClasses() {
    Measured main = main();
    heading("Class by class, on " + main.split());
    line("Weakest: %s.", weakest(main));
    line("");
    line("| class | faces | precision | recall | F1 |");
    line("| --- | --- | --- | --- | --- |");
    for (String name : Emotions.names()) {
      JsonNode metrics = main.at("/perClass/" + name);
      line(
          "| %s | %,d | %s | %s | %s |",
          name,
          metrics.path("support").asLong(),
          Measured.percent(metrics.path("precision")),
          Measured.percent(metrics.path("recall"), metrics.path("recallInterval")),
          Measured.percent(metrics.path("f1")));
    }
    line("");
    line("Confusion matrix; rows are truth, columns prediction:");
    line("");
    line("| | %s |", String.join(" | ", Emotions.names()));
    line("| --- |%s", " --- |".repeat(Emotions.COUNT));
    for (int truth = 0; truth < Emotions.COUNT; truth++) {
      StringBuilder counts = new StringBuilder();
      for (JsonNode count : main.list("/confusionMatrix/" + truth)) {
        counts.append(String.format(Locale.ROOT, " %,d |", count.asLong()));
      }
      line("| %s |%s", Emotions.names().get(truth), counts);
    }
    line("");
    line("Most frequent confusions: %s.", confusions(main));
  }

  private static String weakest(Measured evaluation) {
    return String.join(
        " and ",
        evaluation.weakestClasses(2).stream()
            .map(
                name ->
                    "%s (recall %s)"
                        .formatted(
                            name,
                            Measured.percent(
                                evaluation.at("/perClass/" + name + "/recall"),
                                evaluation.at("/perClass/" + name + "/recallInterval"))))
            .toList());
  }

  private static String confusions(Measured evaluation) {
    return String.join(
        "; ",
        evaluation.list("/topConfusions").stream()
            .limit(5)
            .map(
                confusion ->
                    "%s for %s (%d faces, %s of its class)"
                        .formatted(
                            confusion.path("truth").asText(),
                            confusion.path("prediction").asText(),
                            confusion.path("count").asLong(),
                            Measured.percent(confusion.path("shareOfTruth"))))
            .toList());
  }

  private void writeCalibration() {
    heading("How far its probabilities may be believed");
    Calibration calibration = bundle.manifest().calibration();
    if (calibration == null) {
      line("No temperature was fitted: the probabilities are the network's own.");
    } else {
      line(
          "Logits are divided by a temperature of %.3f, fitted on %s, before they become"
              + " probabilities. Below a top-1 probability of %.3f a face counts as uncertain: %s.",
          calibration.temperature(),
          calibration.split(),
          calibration.uncertainBelow(),
          calibration.rule());
    }
    line("");
    line(
        "The expected calibration error (ECE) is the mean distance between probability and share of"
            + " right answers, over bins of equal width.");
    line("");
    line("| split | ECE before | ECE after | uncertain faces | accuracy of the others |");
    line("| --- | --- | --- | --- | --- |");
    for (Measured evaluation : own) {
      line(
          "| %s | %s | %s | %s | %s |",
          evaluation.split(),
          Measured.percent(evaluation.at("/calibration/before/ece")),
          Measured.percent(evaluation.at("/calibration/after/ece")),
          Measured.percent(evaluation.at("/uncertain/share")),
          Measured.percent(
              evaluation.at("/uncertain/accuracyOfTheOthers"),
              evaluation.at("/uncertain/accuracyOfTheOthersInterval")));
    }
    line("");
    line("Accuracy on %s when only the surest faces are kept:", main().split());
    line("");
    List<JsonNode> points =
        main().list("/riskCoverage/points").stream()
            .filter(point -> point.path("coverage").asDouble() > 0.45)
            .distinct()
            .toList();
    line("| kept |%s", cells(points, "coverage"));
    line("| --- |%s", " --- |".repeat(points.size()));
    line("| accuracy |%s", cells(points, "accuracy"));
  }

  private static String cells(List<JsonNode> points, String name) {
    StringBuilder cells = new StringBuilder();
    points.forEach(
        point -> cells.append(' ').append(Measured.percent(point.path(name))).append(" |"));
    return cells.toString();
  }

  private void writeOthers() {
    if (others.isEmpty()) {
      return;
    }
    heading("Compared with");
    line("Single crop, same data, same faces held out for choosing settings.");
    line("");
    line("| model | numbers kept | split | accuracy | without copies | macro F1 |");
    line("| --- | --- | --- | --- | --- | --- |");
    List<Measured> all = new ArrayList<>();
    all.add(main());
    all.addAll(others);
    for (Measured evaluation : all) {
      line(
          "| %s `%s` | %,d | %s | %s | %s | %s |",
          evaluation.at("/network").asText(),
          evaluation.modelId(),
          evaluation.at("/parameters").asLong(),
          evaluation.split(),
          Measured.percent(evaluation.at("/accuracy"), evaluation.at("/accuracyInterval")),
          Measured.percent(
              evaluation.at("/withoutCopiesInTraining/accuracy"),
              evaluation.at("/withoutCopiesInTraining/accuracyInterval")),
          Measured.percent(evaluation.at("/macroF1"), evaluation.at("/macroF1Interval")));
    }
  }

  private void writeLimits() {
    heading("Limits");
    line(
        "- **Labels are disputed.** They come from the words that were searched for, sorted by"
            + " hand; people who saw the faces agreed with the labels on about two of three"
            + " (Goodfellow et al. 2013: 65 %% plus or minus 5). A network that agrees more often"
            + " has learned the labels' habits too.");
    line(
        "- **Weak classes**: %s, on %s. Shares of them in a crowd are off in a known way%s.",
        weakest(main()),
        main().split(),
        bundle.manifest().calibration() == null
            ? ""
            : ": the bundle keeps its confusion counts on validation faces, to correct them by");
    JsonNode copies = main().at("/withoutCopiesInTraining/copies");
    if (copies.isNumber()) {
      line(
          "- **Copies**: %,d faces of %s also stand in Training; the row without them is"
              + " the one to trust.",
          copies.asLong(), main().split());
    }
    line(
        "- **Not measured**: fairness by age, sex or skin colour (FER-2013 does not record them),"
            + " other cameras, video, masks, profile views, poor light. Rhue 2018 found that"
            + " two commercial services of this kind scored Black faces as angrier.");
    line("- One data set, one training run: another seed gives somewhat other figures.");
  }

  private void writeRebuild(Map<String, String> provenance) {
    heading("How it was made, and how to make it again");
    line("```");
    if (provenance.containsKey("earlierCommands")) {
      line("%s", provenance.get("earlierCommands"));
    }
    line("%s", provenance.getOrDefault("command", "# the bundle does not record its command"));
    if (bundle.manifest().calibration() != null) {
      line(
          "# unless training has done so: ./emotion evaluate --data fer2013.csv --model FILE"
              + " --calibrate");
    }
    for (Measured evaluation : own) {
      line(
          "./emotion evaluate --data fer2013.csv --model FILE --usage %s --out %s",
          evaluation.split(), name(evaluation));
    }
    for (Measured evaluation : others) {
      String network = evaluation.at("/network").asText();
      line(
          "./emotion evaluate --data fer2013.csv %s --usage %s --no-flip --out %s",
          isBaseline(network) ? "--baseline " + network : "--model OTHER",
          evaluation.split(),
          name(evaluation));
    }
    List<String> names = new ArrayList<>(own.stream().map(ModelCard::name).toList());
    names.addAll(others.stream().map(ModelCard::name).toList());
    line(
        "./emotion model-card --model FILE --evaluation %s --out docs/MODEL_CARD.md",
        String.join(" --evaluation ", names));
    line("```");
    line("");
    line("What the bundle records:");
    line("");
    line("| | |");
    line("| --- | --- |");
    Map<String, String> listed = new TreeMap<>(provenance);
    listed.remove("earlierCommands"); // they stand above
    for (Map.Entry<String, String> entry : listed.entrySet()) {
      line("| %s | `%s` |", entry.getKey(), entry.getValue().replace("|", "\\|"));
    }
    for (Map.Entry<String, Double> entry : new TreeMap<>(bundle.manifest().metrics()).entrySet()) {
      line("| %s | %.4f |", entry.getKey(), entry.getValue());
    }
  }

  private static boolean isBaseline(String network) {
    return network.startsWith("knn-") || network.startsWith("svm-");
  }

  private static String name(Measured evaluation) {
    return String.valueOf(evaluation.directory().getFileName());
  }

  /** Returns the last evaluation of this bundle. */
  private Measured main() {
    return own.get(own.size() - 1);
  }

  private static String value(Map<String, String> provenance, String name) {
    return provenance.getOrDefault(name, "(not recorded)");
  }

  private static String abbreviated(String fingerprint) {
    return fingerprint.substring(0, Math.min(12, fingerprint.length()));
  }

  private void heading(String title) {
    line("");
    line("## %s", title);
    line("");
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
