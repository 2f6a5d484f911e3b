package dev.clap4j.fuzz.target;

import dev.clap4j.ClapException;
import dev.clap4j.fuzz.mutation.Input;
import dev.clap4j.internal.dataset.ImageCursor;
import dev.clap4j.internal.dataset.ImageSource;
import dev.clap4j.internal.dataset.ImageSources;
import dev.clap4j.internal.dataset.SourceImage;
import dev.clap4j.internal.image.DecodeOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Files with many images. */
final class ImageContainers {
    private static final int BLOCK = 512;

    private ImageContainers() {}

    static List<Input> tar() {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        byte[] picture = Pictures.png().get(0).get("picture.png");
        member(tar, "pax", 'x', text("27 path=photo/dog/0001.png\n"));
        member(tar, "short.png", '0', picture);
        member(tar, "photo/dog/0001.cls", '0', text("dog\n"));
        member(tar, "././@LongLink", 'L', text("sketch/" + "guitar".repeat(20) + "/a.png\0"));
        member(tar, "short.png", '0', picture);
        member(tar, "b.png", '2', new byte[0]);
        member(tar, "b.json", '0', text("{\"label\": \"house\"}"));
        tar.writeBytes(new byte[2 * BLOCK]);
        return List.of(Input.of("pictures.tar", tar.toByteArray()));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void member(ByteArrayOutputStream tar, String name, char type, byte[] content) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 124, String.format("%011o", content.length));
        put(header, 148, "        ");
        header[156] = (byte) type;
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xFF;
        }
        put(header, 148, String.format("%06o\0", sum));
        tar.writeBytes(header);
        tar.writeBytes(content);
        tar.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text(text);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    static List<Input> list() {
        String lines = "\uFEFFpath,label,domain\r\na.png,dog,photo\r\n\"below/b \"\"x\"\", y.png\",\"hot\ndog\",\r\n";
        return List.of(Input.of("pictures.csv", text(lines))
                .with("a.png", Pictures.png().get(0).get("picture.png")));
    }

    static List<Input> parquet() {
        return Stream.of("huggingface", "bytes-none", "bytes-zstd")
                .map(name -> Input.of("pictures.parquet", resource(name + ".parquet")))
                .toList();
    }

    private static byte[] resource(String name) {
        try (InputStream in = ImageContainers.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads all images; those that cannot be decoded do not end the reading. */
    static void read(Path file) {
        ImageSource source =
                ImageSources.container(file).orElseThrow(() -> new ClapException(file + " is of another kind"));
        source.count();
        try (ImageCursor images = source.open()) {
            images.forEachRemaining(ImageContainers::decode);
        }
    }

    private static void decode(SourceImage image) {
        try {
            image.content().decode(DecodeOptions.defaults(), Function.identity());
        } catch (ClapException e) {
            // One picture of many.
        }
    }
}
