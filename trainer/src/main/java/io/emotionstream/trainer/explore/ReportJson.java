// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.explore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.emotionstream.datasets.fer2013.ColumnProfile;
import io.emotionstream.datasets.fer2013.Usage;
import io.emotionstream.datasets.ferplus.Vote;
import io.emotionstream.model.Emotions;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.trainer.data.FoundFace;
import io.emotionstream.trainer.data.RejectedFace;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What was found, as JSON. A face is {@code {row, place, split, label}}; a number that is undefined
 * is null. Lists of faces are complete but for near duplicates and doubts, which are cut to the
 * first {@value #MOST}.
 */
final class ReportJson {
  static final int MOST = 2000;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Findings findings;
  private final List<FoundFace> faces;
  private final ObjectNode root = JSON.createObjectNode();

  private ReportJson(Findings findings) {
    this.findings = findings;
    this.faces = findings.faces();
  }

  static String of(Findings findings) {
    ReportJson report = new ReportJson(findings);
    report.putData();
    report.putSplits();
    report.putPixels();
    report.putQuality();
    report.putCopies();
    report.putModel();
    findings.crowd().ifPresent(report::putCrowd);
    report.putComponents();
    try {
      return JSON.writeValueAsString(report.root);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of numbers and strings is always JSON", e);
    }
  }

  private void putData() {
    Dataset dataset = findings.dataset();
    ObjectNode data = root.putObject("data");
    data.put("name", String.valueOf(dataset.data().getFileName()));
    dataset.bytes().ifPresent(bytes -> data.put("bytes", bytes));
    data.put("fingerprint", dataset.fingerprint());
    data.put("faces", faces.size());
    data.put("leftOut", dataset.rejected().size());
    data.set("leftOutByFault", JSON.valueToTree(dataset.faults()));
    ArrayNode rejected = data.putArray("leftOutFirst");
    for (RejectedFace face : dataset.rejected().stream().limit(MOST).toList()) {
      rejected.addObject().put("place", face.place()).put("detail", face.detail());
    }
    data.set("pictureSizes", JSON.valueToTree(dataset.sizes()));
    ArrayNode columns = data.putArray("columns");
    for (ColumnProfile column : dataset.columns()) {
      columns
          .addObject()
          .put("name", column.name())
          .put("type", column.type().name().toLowerCase(Locale.ROOT))
          .put("cells", column.cells())
          .put("missing", column.missing());
    }
  }

  private void putSplits() {
    ObjectNode splits = root.putObject("splits");
    for (Usage split : findings.dataset().splits()) {
      long[] counts = findings.dataset().counts(split);
      ObjectNode node = splits.putObject(split.label());
      long sum = 0;
      ObjectNode labels = node.putObject("labels");
      for (Emotion emotion : Emotions.ALL) {
        long count = counts[Emotions.ALL.indexOf(emotion)];
        labels.put(Emotions.nameOf(emotion), count);
        sum += count;
      }
      node.put("faces", sum);
      node.put("imbalanceRatio", Dataset.imbalance(counts));
    }
  }

  private void putPixels() {
    ObjectNode pixels = root.putObject("pixels");
    putDistributions(pixels.putObject("brightness"), PixelMeasures::brightness);
    putDistributions(pixels.putObject("contrast"), PixelMeasures::contrast);
    putDistributions(pixels.putObject("sharpness"), PixelMeasures::sharpness);
  }

  private void putDistributions(ObjectNode node, ToDoubleFunction<PixelMeasures> measure) {
    node.set("all", distribution(findings.measures(), measure));
    findings
        .dataset()
        .byLabel()
        .forEach(
            (label, members) ->
                node.set(
                    Emotions.nameOf(label),
                    distribution(
                        members.stream().map(findings.measures()::get).toList(), measure)));
  }

  private static ObjectNode distribution(
      List<PixelMeasures> faces, ToDoubleFunction<PixelMeasures> measure) {
    return JSON.valueToTree(Distribution.of(faces.stream().mapToDouble(measure).toArray()));
  }

  private void putQuality() {
    ObjectNode quality = root.putObject("quality");
    putFaces(quality, "constant", findings.constant());
    putFaces(quality, "nearlyBlank", findings.nearlyBlank());
    putFaces(quality, "blurred", findings.blurred());
    quality.put("blurredBelow", Findings.BLURRED);
    quality.put("nearlyBlankBelow", PixelMeasures.NEARLY_BLANK);
  }

  private void putCopies() {
    ExactCopies copies = findings.copies();
    ObjectNode exact = root.putObject("exactDuplicates");
    exact.put("groups", copies.groups().size());
    exact.put("faces", copies.groups().stream().mapToInt(List::size).sum());
    exact.put("conflictingGroups", copies.conflicting(faces).size());
    exact.put("groupsAcrossSplits", copies.acrossSplits(faces).size());
    exact.put("copiesOfTraining", copies.copiesOfTraining(faces).size());
    putGroups(exact.putArray("conflicts"), copies.conflicting(faces));
    putGroups(exact.putArray("leaks"), copies.acrossSplits(faces));
    putGroups(exact.putArray("all"), copies.groups());
    ObjectNode near = root.putObject("nearDuplicates");
    near.put("leastCorrelation", findings.nearCorrelation());
    near.put("pairs", findings.nearPairs().size());
    near.put("pairsAcrossSplits", findings.nearLeaks().size());
    near.put("conflictingPairs", findings.nearConflicts().size());
    putPairs(near.putArray("leaks"), findings.nearLeaks());
    putPairs(near.putArray("conflicts"), findings.nearConflicts());
    putPairs(near.putArray("all"), findings.nearPairs());
  }

  private void putModel() {
    ModelOpinion opinion = findings.model();
    ObjectNode model = root.putObject("model");
    model.put("modelId", opinion.modelId());
    model.put("leastConfidence", opinion.confidence());
    ObjectNode agreement = model.putObject("agreement");
    opinion.agreement().forEach((split, share) -> put(agreement, split.label(), share));
    model.put("doubts", opinion.doubts().size());
    findings
        .doubtsSharedByVoters()
        .ifPresent(share -> put(model, "shareOfDoubtsThatVotersShare", share));
    putDoubts(model.putArray("doubtsFirst"), opinion.doubts());
  }

  private void putCrowd(CrowdOpinion opinion) {
    ObjectNode votes = root.putObject("votes");
    votes.put("faces", opinion.faces());
    put(votes, "agreement", opinion.agreement());
    ObjectNode byLabel = votes.putObject("agreementByLabel");
    ObjectNode majorities = votes.putObject("majoritiesByLabel");
    for (Emotion label : Emotions.ALL) {
      put(byLabel, Emotions.nameOf(label), opinion.agreement(label));
      ObjectNode row = majorities.putObject(Emotions.nameOf(label));
      for (Vote vote : Vote.values()) {
        row.put(vote.column(), opinion.count(label, vote));
      }
    }
    votes.put("doubts", opinion.doubts().size());
    votes.put("unanimousDoubts", opinion.unanimous());
    putFaces(votes, "notFaces", opinion.notFaces());
    putDoubts(votes.putArray("doubtsFirst"), opinion.doubts());
  }

  private void putComponents() {
    ObjectNode pca = root.putObject("principalComponents");
    pca.put("fittedTo", findings.fitted());
    pca.put("componentsFor90Percent", findings.componentsFor(0.9));
    pca.put("componentsFor95Percent", findings.componentsFor(0.95));
    ArrayNode shares = pca.putArray("explainedVariance");
    for (int k = 0; k < findings.components().vectors().length; k++) {
      shares.add(findings.explained(k + 1) - findings.explained(k));
    }
  }

  private void putFaces(ObjectNode node, String name, List<Integer> members) {
    ObjectNode list = node.putObject(name);
    list.put("count", members.size());
    ArrayNode array = list.putArray("faces");
    members.forEach(face -> array.add(face(face)));
  }

  private void putGroups(ArrayNode array, List<List<Integer>> groups) {
    for (List<Integer> group : groups) {
      ArrayNode members = array.addArray();
      group.forEach(face -> members.add(face(face)));
    }
  }

  private void putPairs(ArrayNode array, List<NearPair> pairs) {
    for (NearPair pair : pairs.stream().limit(MOST).toList()) {
      ObjectNode node = array.addObject().put("correlation", pair.correlation());
      node.set("first", face(pair.first()));
      node.set("second", face(pair.second()));
    }
  }

  private void putDoubts(ArrayNode array, List<LabelDoubt> doubts) {
    for (LabelDoubt doubt : doubts.stream().limit(MOST).toList()) {
      array.add(
          face(doubt.face())
              .put("suggested", Emotions.nameOf(doubt.suggested()))
              .put("confidence", doubt.confidence()));
    }
  }

  private ObjectNode face(int position) {
    FoundFace face = faces.get(position);
    return JSON.createObjectNode()
        .put("row", face.face().row())
        .put("place", face.place())
        .put("split", face.usage().label())
        .put("label", Emotions.nameOf(face.face().emotion()));
  }

  private static void put(ObjectNode node, String name, double value) {
    if (Double.isNaN(value)) {
      node.putNull(name);
    } else {
      node.put(name, value);
    }
  }
}
