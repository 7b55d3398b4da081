// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import static io.emotionstream.schemas.DeadLetterReason.FUTURE_TIMESTAMP;
import static io.emotionstream.schemas.DeadLetterReason.KEY_MISMATCH;
import static io.emotionstream.schemas.DeadLetterReason.MALFORMED_RECORD;
import static io.emotionstream.schemas.DeadLetterReason.NO_VALUE;

import io.emotionstream.classifier.Inbound.Face;
import io.emotionstream.classifier.Inbound.Heartbeat;
import io.emotionstream.classifier.Inbound.Rejected;
import io.emotionstream.model.FaceDecoder;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.model.InvalidFaceException;
import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.CameraHeartbeat;
import io.emotionstream.schemas.FaceFrame;
import io.emotionstream.schemas.RecordFormat;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Decodes, checks and normalizes records of {@code face-frames}; throws at none of them but where a
 * schema registry is needed and does not answer.
 *
 * <p>Beside the contract it refuses what would stop the stream or the store behind it: records too
 * big to be copied into a dead letter, headers too big to be copied to an event, identifiers that
 * no index takes, times before 1970.
 */
final class FrameReader {
  /** Greatest key, value and headers together, in bytes: what a topic takes by default. */
  static final int MAX_RECORD_BYTES = 1 << 20;

  /** Greatest headers: an event keeps its frame's, and must fit a topic with them. */
  static final int MAX_HEADER_BYTES = MAX_RECORD_BYTES / 2;

  /** Greatest length of a camera, frame or track id. */
  static final int MAX_ID_LENGTH = 256;

  private final AvroSerde<SpecificRecord> serde;
  private final FaceDecoder decoder;
  private final ClassifierConfig config;
  private final InstantSource clock;

  FrameReader(ClassifierConfig config, RecordFormat format, InstantSource clock) {
    this.serde = format.serde(FaceFrame.class, CameraHeartbeat.class);
    this.decoder = new FaceDecoder(config.maxFaceSide());
    this.config = config;
    this.clock = clock;
  }

  Inbound read(Slot slot) {
    byte[] value = slot.value();
    if (value == null) {
      return new Rejected(NO_VALUE, "the record is a tombstone, expected a face or a heartbeat");
    }
    if (slot.size() > MAX_RECORD_BYTES) {
      return new Rejected(
          MALFORMED_RECORD,
          "key, value and headers take %d bytes, at most %d are allowed; this letter leaves them out"
              .formatted(slot.size(), MAX_RECORD_BYTES));
    }
    if (slot.headerSize() > MAX_HEADER_BYTES) {
      return new Rejected(
          MALFORMED_RECORD,
          "headers take %d bytes, at most %d are allowed"
              .formatted(slot.headerSize(), MAX_HEADER_BYTES));
    }
    try {
      SpecificRecord record = serde.decode(value);
      return record instanceof FaceFrame frame
          ? readFace(slot, frame)
          : readHeartbeat(slot, (CameraHeartbeat) record);
    } catch (SerializationException e) {
      return new Rejected(MALFORMED_RECORD, String.valueOf(e.getMessage()));
    }
  }

  private Inbound readFace(Slot slot, FaceFrame frame) {
    Optional<Rejected> fault =
        faultOfCamera(slot, frame.getCameraId())
            .or(() -> faultOfId("frameId", frame.getFrameId()))
            .or(() -> faultOfId("trackId", frame.getTrackId() == null ? "-" : frame.getTrackId()))
            .or(() -> faultOfTime("capturedAt", frame.getCapturedAt()));
    if (fault.isPresent()) {
      return fault.get();
    }
    try {
      return new Face(frame, FaceNormalizer.normalize(decoder.decode(frame.getImage())));
    } catch (InvalidFaceException e) {
      return new Rejected(e.reason(), String.valueOf(e.getMessage()));
    }
  }

  private Inbound readHeartbeat(Slot slot, CameraHeartbeat heartbeat) {
    return faultOfCamera(slot, heartbeat.getCameraId())
        .or(() -> faultOfTime("observedAt", heartbeat.getObservedAt()))
        .<Inbound>map(fault -> fault)
        .orElseGet(() -> new Heartbeat(heartbeat));
  }

  private static Optional<Rejected> faultOfCamera(Slot slot, String cameraId) {
    return faultOfId("cameraId", cameraId)
        .or(
            () ->
                cameraId.equals(slot.key())
                    ? Optional.empty()
                    : Optional.of(
                        new Rejected(
                            KEY_MISMATCH,
                            "the key is %s but the cameraId %s".formatted(slot.key(), cameraId))));
  }

  private static Optional<Rejected> faultOfId(String field, String id) {
    if (!id.isBlank()
        && id.length() <= MAX_ID_LENGTH
        && id.chars().noneMatch(Character::isISOControl)) {
      return Optional.empty();
    }
    return Optional.of(
        new Rejected(
            MALFORMED_RECORD,
            "%s must be 1 to %d characters, not blank and none a control character; it has %d"
                .formatted(field, MAX_ID_LENGTH, id.length())));
  }

  private Optional<Rejected> faultOfTime(String field, Instant time) {
    if (time.isBefore(Instant.EPOCH)) {
      return Optional.of(new Rejected(MALFORMED_RECORD, field + " is before 1970: " + time));
    }
    Instant latest = clock.instant().plus(config.maxClockSkew());
    if (time.isAfter(latest)) {
      return Optional.of(
          new Rejected(
              FUTURE_TIMESTAMP,
              "%s is %s, more than %s ahead of this machine's clock"
                  .formatted(field, time, config.maxClockSkew())));
    }
    return Optional.empty();
  }
}
