package dev.clap4j.bench;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Requests that a server has to put up with. Thread-safe. */
final class LoadRequests {
    private static final int MADE = 64;
    private static final int SIDE = 160;
    private static final int BATCH = 256;
    private static final String EMBEDDINGS = "/v1/embeddings";
    private static final String CLASSIFY = "/v1/classify";

    /** More than a request may have by default. */
    private static final byte[] LARGE = new byte[17 << 20];

    /** A kind of request. */
    enum Kind {
        TEXT(40),
        PICTURE(30),
        CLASSIFY(14),
        MALFORMED(5),
        UNKNOWN(4),
        BROKEN(4),
        LARGE(1),
        TEXTS(1),
        PICTURES(1);

        /** Out of a hundred requests. */
        private final int share;

        Kind(int share) {
            this.share = share;
        }
    }

    /** A request by its kind, path and body. */
    record Request(Kind kind, String path, byte[] body) {}

    private final List<String> pictures;
    private final List<Kind> kinds;

    private LoadRequests(List<String> pictures, List<Kind> kinds) {
        this.pictures = pictures;
        this.kinds = kinds;
    }

    /**
     * Makes pictures to send.
     *
     * @param kinds what to send, as often as usual beside each other; all if there are none
     */
    static LoadRequests made(List<Kind> kinds) {
        return of(IntStream.range(0, MADE).mapToObj(LoadRequests::picture), kinds);
    }

    /** Reads the pictures of a folder to send, see {@link #made}. */
    static LoadRequests read(Path folder, List<Kind> kinds) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return of(
                    files.filter(file -> file.toString().matches("(?i).*\\.(png|jpe?g|webp)"))
                            .sorted()
                            .map(LoadRequests::bytes),
                    kinds);
        }
    }

    private static LoadRequests of(Stream<byte[]> files, List<Kind> kinds) {
        List<Kind> often = Arrays.stream(Kind.values())
                .filter(kind -> kinds.isEmpty() || kinds.contains(kind))
                .flatMap(kind -> Collections.nCopies(kind.share, kind).stream())
                .toList();
        return new LoadRequests(files.map(Base64.getEncoder()::encodeToString).toList(), often);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] picture(int number) {
        SplittableRandom random = new SplittableRandom(number);
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < 20; i++) {
            graphics.setColor(new Color(random.nextInt(1 << 24)));
            graphics.fillOval(
                    random.nextInt(SIDE), random.nextInt(SIDE), random.nextInt(SIDE / 2), random.nextInt(SIDE / 2));
        }
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, number % 2 == 0 ? "png" : "jpg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Returns one of the kinds. */
    Request next(SplittableRandom random) {
        return of(kinds.get(random.nextInt(kinds.size())), random);
    }

    /** Returns a request. */
    Request of(Kind kind, SplittableRandom random) {
        String picture = pictures.get(random.nextInt(pictures.size()));
        return switch (kind) {
            case TEXT -> json(kind, EMBEDDINGS, "{\"input\": \"" + text(random) + "\"}");
            case PICTURE -> json(kind, EMBEDDINGS, "{\"input\": {\"image\": \"" + picture + "\"}}");
            case CLASSIFY ->
                json(
                        kind,
                        CLASSIFY,
                        "{\"images\": [\"" + picture + "\"], \"classes\": [\"dog\", \"guitar\", \"house\"]}");
            case MALFORMED -> json(kind, EMBEDDINGS, "{\"input\": [\"a dog\", ");
            case UNKNOWN -> json(kind, EMBEDDINGS, "{\"input\": \"a dog\", \"colour\": \"red\"}");
            case BROKEN -> json(kind, EMBEDDINGS, "{\"input\": {\"image\": \"" + picture.substring(0, 80) + "\"}}");
            case LARGE -> new Request(kind, EMBEDDINGS, LARGE);
            case TEXTS ->
                json(kind, EMBEDDINGS, list(IntStream.range(0, BATCH).mapToObj(i -> "\"" + text(random) + "\"")));
            case PICTURES ->
                json(
                        kind,
                        EMBEDDINGS,
                        list(IntStream.range(0, BATCH)
                                .mapToObj(i -> "{\"image\": \"" + pictures.get(i % pictures.size()) + "\"}")));
        };
    }

    private static String list(Stream<String> inputs) {
        return "{\"input\": [" + String.join(", ", inputs.toList()) + "]}";
    }

    private static String text(SplittableRandom random) {
        return "a photo of " + random.nextInt(1_000_000) + " dogs" + " in a row".repeat(random.nextInt(4));
    }

    private static Request json(Kind kind, String path, String body) {
        return new Request(kind, path, body.getBytes(StandardCharsets.US_ASCII));
    }
}
