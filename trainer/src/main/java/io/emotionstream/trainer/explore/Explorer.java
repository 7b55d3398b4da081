// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.explore;

import io.emotionstream.datasets.ferplus.FerPlus;
import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.trainer.data.FoundFace;
import io.emotionstream.trainer.synthetic.PrincipalComponents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Explores a data set and writes what it found: {@code report.html} with all figures inside, the
 * figures as PNG files, {@code report.json}, and {@code quality.csv} with a row for each face.
 *
 * <p>The 32,298 faces of FER-2013's file without its private test take a few minutes, most of them
 * for the model's answers, and about 1 GB.
 */
public final class Explorer {
  /** Components that are kept: nine tenths of the variance, and a filter for near duplicates. */
  private static final int COMPONENTS = 128;

  /** Faces that the components are fitted to at most, for memory. */
  private static final int FITTED = 40_000;

  private final ExploreConfig config;
  private final EmotionClassifier classifier;
  private final Consumer<String> progress;

  private Explorer(ExploreConfig config, EmotionClassifier classifier, Consumer<String> progress) {
    this.config = config;
    this.classifier = classifier;
    this.progress = progress;
  }

  /**
   * Explores.
   *
   * @param classifier doubts labels; not closed
   * @param progress hears what is being done, a line each
   * @return the page that was written
   * @throws IOException if the data cannot be read, holds too little, or the report cannot be
   *     written
   */
  public static Path explore(
      ExploreConfig config, EmotionClassifier classifier, Consumer<String> progress)
      throws IOException {
    return new Explorer(config, classifier, progress).run();
  }

  private Path run() throws IOException {
    Files.createDirectories(config.out());
    progress.accept("reading " + config.data());
    Dataset dataset = Dataset.read(config.data(), config.strict());
    FerPlus votes = FerPlus.read(config.votes());
    Findings findings = find(dataset, votes);
    progress.accept("drawing and writing to " + config.out());
    Map<String, byte[]> pictures = new LinkedHashMap<>();
    List<ReportFigure> figures = new Figures(findings, config.seed()).all();
    for (ReportFigure figure : figures) {
      byte[] png = figure.figure().png();
      pictures.put(figure.name(), png);
      Files.write(config.out().resolve(figure.fileName()), png);
    }
    Files.writeString(config.out().resolve("report.json"), ReportJson.of(findings) + "\n");
    Files.write(config.out().resolve("quality.csv"), QualityTable.lines(findings));
    Path page = config.out().resolve("report.html");
    Files.writeString(page, new ReportPage(findings, figures, pictures).html());
    return page;
  }

  private Findings find(Dataset dataset, FerPlus votes) throws IOException {
    List<FoundFace> faces = dataset.faces();
    progress.accept("measuring %,d faces".formatted(faces.size()));
    List<PixelMeasures> measures =
        faces.stream().map(face -> PixelMeasures.of(face.face().pixels())).toList();
    ExactCopies copies = ExactCopies.of(faces, measures);

    int[] varied =
        IntStream.range(0, faces.size()).filter(i -> !measures.get(i).constant()).toArray();
    if (varied.length < 2) {
      throw new IOException(
          "%s holds %d pictures that are not of one gray, at least 2 are needed"
              .formatted(config.data(), varied.length));
    }
    progress.accept("principal components");
    int step = (varied.length + FITTED - 1) / FITTED;
    float[][] fitted =
        IntStream.range(0, (varied.length + step - 1) / step)
            .mapToObj(i -> faces.get(varied[i * step]).face().normalized())
            .toArray(float[][]::new);
    PrincipalComponents components = PrincipalComponents.unmirrored(fitted, COMPONENTS);

    progress.accept("near duplicates among %,d pairs".formatted(pairs(varied.length)));
    List<byte[]> pictures = faces.stream().map(face -> face.face().pixels()).toList();
    List<NearPair> near =
        new NearCopies(components.vectors(), config.nearCorrelation())
            .find(pictures, withoutCopies(varied, copies));

    progress.accept("asking model " + classifier.modelId());
    ModelOpinion model = ModelOpinion.ask(classifier, faces, measures, config.doubtConfidence());
    Optional<CrowdOpinion> crowd =
        votes.byRow().isEmpty() ? Optional.empty() : Optional.of(CrowdOpinion.of(votes, faces));
    return new Findings(
        dataset,
        measures,
        copies,
        config.nearCorrelation(),
        near,
        components,
        fitted.length,
        model,
        crowd);
  }

  private static long pairs(long faces) {
    return faces * (faces - 1) / 2;
  }

  /** Returns {@code faces} without all but the first of each group of copies. */
  private static int[] withoutCopies(int[] faces, ExactCopies copies) {
    Set<Integer> repeated = new HashSet<>();
    copies.groups().forEach(group -> repeated.addAll(group.subList(1, group.size())));
    return IntStream.of(faces).filter(face -> !repeated.contains(face)).toArray();
  }
}
