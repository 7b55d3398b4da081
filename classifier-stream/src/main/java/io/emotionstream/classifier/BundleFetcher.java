// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import io.emotionstream.model.ModelBundle;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/**
 * Fetches model bundles from {@code file:} and {@code https:} locations: nothing else is asked, no
 * redirect leaves https, nothing beyond {@value #MAX_BYTES} bytes is read.
 */
public final class BundleFetcher {
  /** Greatest bundle. */
  static final int MAX_BYTES = 256 << 20;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private BundleFetcher() {}

  /** A bundle and the SHA-256 of its bytes, in lower-case hex digits. */
  public record Fetched(ModelBundle bundle, String sha256) {}

  /**
   * Returns the bundle at {@code location}.
   *
   * @throws IOException if it cannot be fetched or is no bundle that this version can use
   */
  public static Fetched fetch(String location) throws IOException {
    byte[] content = read(location);
    return new Fetched(parse(content), sha256(content));
  }

  /**
   * Returns the bundle at {@code location}, whose digest is known.
   *
   * @throws IOException if it cannot be fetched, is another one, or none that this version can use
   */
  static ModelBundle fetch(String location, String sha256) throws IOException {
    byte[] content = read(location);
    String found = sha256(content);
    if (!found.equals(sha256)) {
      throw new IOException("%s has SHA-256 %s, chosen was %s".formatted(location, found, sha256));
    }
    return parse(content);
  }

  private static byte[] read(String location) throws IOException {
    URI uri;
    try {
      uri = URI.create(location);
    } catch (IllegalArgumentException e) {
      throw new IOException("'" + location + "' is no URL: " + e.getMessage(), e);
    }
    String scheme = String.valueOf(uri.getScheme());
    return switch (scheme) {
      case "file" -> readFile(uri);
      case "https" -> readHttps(uri);
      default ->
          throw new IOException(
              "a model bundle comes from a file or https URL, not from '" + location + "'");
    };
  }

  private static byte[] readFile(URI uri) throws IOException {
    Path file;
    try {
      file = Path.of(uri);
    } catch (IllegalArgumentException e) {
      throw new IOException(uri + " is no file of this machine: " + e.getMessage(), e);
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException("no file " + file + " on this machine");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return readAll(uri, in);
    }
  }

  private static byte[] readHttps(URI uri) throws IOException {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(Redirect.NORMAL) // never from https to http
            .build();
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
    try {
      HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
      try (InputStream in = answer.body()) {
        if (answer.statusCode() != 200) {
          throw new IOException(uri + " answered " + answer.statusCode());
        }
        return readAll(uri, in);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while fetching " + uri, e);
    }
  }

  private static byte[] readAll(URI uri, InputStream in) throws IOException {
    byte[] content = in.readNBytes(MAX_BYTES + 1);
    if (content.length > MAX_BYTES) {
      throw new IOException("%s has more than %d bytes".formatted(uri, MAX_BYTES));
    }
    return content;
  }

  private static ModelBundle parse(byte[] content) throws IOException {
    Path file = Files.createTempFile("emotion-model", ModelBundle.EXTENSION);
    try {
      Files.write(file, content);
      return ModelBundle.load(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
