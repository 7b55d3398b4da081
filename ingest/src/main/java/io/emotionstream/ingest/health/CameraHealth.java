// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.health;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one camera does. Counts are since the camera was added.
 *
 * @param id camera
 * @param source where its pictures come from, without secrets
 * @param state what it is doing
 * @param video what it shows, such as {@code h264 640x480, rtsp}; empty before it answered
 * @param clock where capture times come from, in words
 * @param fpsIn pictures decoded a second, over the last ten
 * @param fpsDetected pictures searched for faces a second, over the last ten
 * @param pictures pictures decoded
 * @param faces faces sent, those that wait for the broker included
 * @param tracks faces that came into view
 * @param tracksInView faces in view now
 * @param dropped what was not sent, by reason: {@link DropReason} and the faults of faces
 * @param reconnects times it was opened again
 * @param lastFrameAgeSeconds age of the last picture; null before the first
 * @param decodeErrors damaged packets and pictures
 * @param lastError why it broke off last, without secrets; empty if it never did
 */
public record CameraHealth(
    String id,
    String source,
    CameraState state,
    String video,
    String clock,
    double fpsIn,
    double fpsDetected,
    long pictures,
    long faces,
    long tracks,
    int tracksInView,
    Map<String, Long> dropped,
    long reconnects,
    @Nullable Double lastFrameAgeSeconds,
    long decodeErrors,
    String lastError) {}
