// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A key of this machine's loopback address and its certificate, which is its own issuer; made for
 * one test by the JDK's keytool, valid for a day.
 *
 * @param name its common name
 * @param directory where its files are
 */
public record TestCertificate(String name, Path directory) {
  /** Opens every key store and trust store here. */
  public static final String PASSWORD = "keeps-the-test-stores";

  private static final int SECONDS = 60;
  private static final Base64.Encoder PEM =
      Base64.getMimeEncoder(64, System.lineSeparator().getBytes(StandardCharsets.US_ASCII));

  /** Makes a key and a certificate in {@code directory}. */
  public static TestCertificate create(String name, Path directory) {
    TestCertificate certificate = new TestCertificate(name, directory);
    certificate.generate();
    return certificate;
  }

  /** Returns a PKCS #12 store with key and certificate. */
  public Path keyStore() {
    return directory.resolve(name + ".p12");
  }

  /** Writes the certificate as PEM and returns the file. */
  public Path certificatePem() {
    return write("crt", "CERTIFICATE", encoded(store -> store.getCertificate(name).getEncoded()));
  }

  /** Writes the key as PEM, for its owner alone, and returns the file. */
  public Path keyPem() {
    byte[] key = encoded(store -> store.getKey(name, PASSWORD.toCharArray()).getEncoded());
    return write("key", "PRIVATE KEY", key);
  }

  /** Writes a store that trusts {@code certificates} and returns it. */
  public static Path trustStore(Path file, TestCertificate... certificates) {
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      for (TestCertificate trusted : certificates) {
        Certificate certificate = trusted.load().getCertificate(trusted.name);
        trust.setCertificateEntry(trusted.name, certificate);
      }
      trust.store(out, PASSWORD.toCharArray());
      return file;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no trust store for the tests", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Part {
    byte[] of(KeyStore store) throws GeneralSecurityException;
  }

  private byte[] encoded(Part part) {
    try {
      return part.of(load());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore load() throws GeneralSecurityException {
    try (InputStream in = Files.newInputStream(keyStore())) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path write(String suffix, String what, byte[] content) {
    Path file = directory.resolve(name + "." + suffix);
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return Files.writeString(
          file,
          "-----BEGIN %s-----%n%s%n-----END %s-----%n"
              .formatted(what, PEM.encodeToString(content), what));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void generate() {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-alias",
            name,
            "-dname",
            "CN=" + name,
            "-ext",
            "san=dns:localhost,ip:127.0.0.1",
            "-validity",
            "1",
            "-storetype",
            "PKCS12",
            "-keystore",
            keyStore().toString(),
            "-storepass",
            PASSWORD);
    try {
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!keytool.waitFor(SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
        throw new IllegalStateException("keytool made no certificate for " + name + ": " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while keytool ran", e);
    }
  }
}
