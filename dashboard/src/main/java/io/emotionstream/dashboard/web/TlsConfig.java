// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/** Where the server's certificate and key are. */
public sealed interface TlsConfig {

  /**
   * Two PEM files.
   *
   * @param certificate certificate first, then those that it is signed by
   * @param key its private key, PKCS #8, not encrypted
   */
  record Pem(Path certificate, Path key) implements TlsConfig {}

  /**
   * A PKCS #12 file.
   *
   * @param file with one key
   * @param password of the file and the key
   */
  record Pkcs12(Path file, String password) implements TlsConfig {
    @Override
    public String toString() {
      return "Pkcs12[file=%s, password=***]".formatted(file);
    }
  }

  /**
   * Reads certificate and key.
   *
   * @throws IllegalArgumentException if a file is missing or holds something else
   */
  default KeyStore load() {
    try {
      return read();
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("TLS: there is no file " + e.getFile(), e);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "TLS: cannot use %s: %s".formatted(this, e.getMessage()), e);
    }
  }

  /** Returns the password of the key in what {@link #load} returns. */
  default String keyPassword() {
    return this instanceof Pkcs12 store ? store.password() : "";
  }

  private KeyStore read() throws IOException, GeneralSecurityException {
    if (this instanceof Pem pem) {
      return PemKeyStore.of(Files.readString(pem.certificate()), Files.readString(pem.key()));
    }
    Pkcs12 pkcs12 = (Pkcs12) this;
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(pkcs12.file())) {
      store.load(in, pkcs12.password().toCharArray());
    }
    return store;
  }
}
