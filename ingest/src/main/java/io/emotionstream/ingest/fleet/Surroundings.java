// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import io.emotionstream.ingest.publish.Outbox;
import io.emotionstream.ingest.source.SkipListener;
import io.emotionstream.ingest.video.FaceFinderFactory;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/**
 * What all cameras share.
 *
 * @param pool does the turns of all cameras
 * @param finders makes each camera's face finder
 * @param outbox where records go
 * @param clock tells when pictures arrive
 * @param random spreads attempts; safe for use by several threads
 * @param skips hears of photos that are none
 */
record Surroundings(
    ScheduledExecutorService pool,
    FaceFinderFactory finders,
    Outbox outbox,
    InstantSource clock,
    RandomGenerator random,
    SkipListener skips) {}
