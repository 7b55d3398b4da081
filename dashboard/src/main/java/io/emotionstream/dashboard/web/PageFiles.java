// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.web;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The page and what it loads, out of the class path. Every file has its hash for an ETag, and a
 * browser asks each time whether it changed: after an upgrade nobody sees half of the old page.
 */
final class PageFiles {
  static final String ASSETS = "/assets/";

  private static final String ROOT = "/io/emotionstream/dashboard/page/";
  private static final Pattern PATH =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");
  private static final int MAX_PATH = 200;
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("png", "image/png"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("woff2", "font/woff2"));

  private final Map<String, PageFile> files = new ConcurrentHashMap<>();

  /** Answers with a file; {@code /} is the page. */
  void answer(String path, Exchange exchange) throws ApiError, IOException {
    PageFile file =
        find(path)
            .orElseThrow(() -> ApiError.of(ApiError.NOT_FOUND, "there is no page at this address"));
    exchange.header(HttpHeader.CACHE_CONTROL, "no-cache");
    exchange.header(HttpHeader.ETAG, file.etag());
    String held = exchange.request().getHeaders().get(HttpHeader.IF_NONE_MATCH);
    if (held != null && held.contains(file.etag())) {
      exchange.response().setStatus(304);
      exchange.callback().succeeded();
    } else {
      exchange.answer(200, file.type(), file.content());
    }
  }

  static boolean isPage(String path) {
    return path.equals("/") || path.equals("/index.html") || path.startsWith(ASSETS);
  }

  private Optional<PageFile> find(String path) throws IOException {
    String name = path.startsWith(ASSETS) ? path.substring(1) : "index.html";
    PageFile held = files.get(name);
    if (held != null) {
      return Optional.of(held);
    }
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    String type = TYPES.get(ending);
    if (name.length() > MAX_PATH || type == null || !PATH.matcher(name).matches()) {
      return Optional.empty();
    }
    try (InputStream in = PageFiles.class.getResourceAsStream(ROOT + name)) {
      if (in == null) {
        return Optional.empty();
      }
      byte[] content = in.readAllBytes();
      PageFile file = new PageFile(type, '"' + hash(content) + '"', content);
      files.put(name, file); // as many as there are files
      return Optional.of(file);
    }
  }

  private static String hash(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  private record PageFile(String type, String etag, byte[] content) {}
}
