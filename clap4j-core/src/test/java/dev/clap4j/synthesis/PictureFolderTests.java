package dev.clap4j.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.ToldProgress;
import dev.clap4j.internal.io.FileNames;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFolderTests {
    private static final PromptSample FEW = new PromptSample(List.of("alarm clock", "dog"), 3, 7);

    @TempDir
    Path temporary;

    /** One pixel, which depends on everything that is asked. */
    private record OnePixel(String version, AtomicInteger calls) implements ImageSynthesizer {
        OnePixel() {
            this("1", new AtomicInteger());
        }

        @Override
        public BufferedImage synthesize(String prompt, String className, long seed) {
            calls.incrementAndGet();
            BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
            image.setRGB(0, 0, (prompt + className + seed).hashCode());
            return image;
        }

        @Override
        public int atOnce() {
            return 3;
        }

        @Override
        public Map<String, String> describe() {
            return Map.of("synthesizer", "pixel", "version", version);
        }

        @Override
        public void close() {}
    }

    private int fill(Path folder, PromptSample sample, OnePixel synthesizer) {
        ToldProgress progress = ToldProgress.patient();
        int made = PictureFolder.fill(folder, sample, synthesizer, progress);
        assertThat(progress.done()).isEqualTo(sample.items().size());
        return made;
    }

    private static String path(PromptSample.Item item) {
        return item.className().replace(' ', '_') + "/" + item.prompt().replace(' ', '_') + "/" + item.number()
                + ".png";
    }

    private static List<Path> pictures(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".png"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aPictureOfEveryPrompt() throws IOException {
        Path folder = temporary.resolve("out");

        assertThat(fill(folder, FEW, new OnePixel())).isEqualTo(6);

        assertThat(pictures(folder))
                .containsExactlyInAnyOrderElementsOf(FEW.items().stream()
                        .map(item -> folder.resolve(path(item)))
                        .toList());
        assertThat(path(FEW.items().get(0))).matches("alarm_clock/an?_[a-z_]+_of_a_[a-z_]+_alarm_clock/0\\.png");
        assertThat(Files.readString(folder.resolve("synthesis.json"), StandardCharsets.UTF_8))
                .contains("\"synthesizer\" : \"pixel\"", "\"seed\" : \"7\"");
    }

    @Test
    void whatIsThereIsKeptAndMoreMayFollow() throws IOException {
        Path folder = temporary.resolve("out");
        OnePixel synthesizer = new OnePixel();
        fill(folder, FEW, synthesizer);
        List<Path> first = pictures(folder);
        Files.delete(first.get(2));

        assertThat(fill(folder, FEW, synthesizer)).isEqualTo(1);
        assertThat(fill(folder, FEW, synthesizer)).isZero();
        assertThat(fill(folder, new PromptSample(List.of("dog", "cat"), 5, 7), synthesizer))
                .isEqualTo(2 + 5);
        assertThat(pictures(folder)).hasSize(6 + 2 + 5).containsAll(first);
        assertThat(synthesizer.calls()).hasValue(6 + 1 + 2 + 5);
    }

    @Test
    void morePicturesOfAPromptMayFollow() throws IOException {
        Path folder = temporary.resolve("out");
        PromptSample three = new PromptSample(FEW.classes(), 3, 3, 7);
        fill(folder, FEW, new OnePixel());
        List<Path> first = pictures(folder);

        assertThat(fill(folder, three, new OnePixel())).isEqualTo(2 * 6);

        assertThat(pictures(folder))
                .containsAll(first)
                .containsExactlyInAnyOrderElementsOf(three.items().stream()
                        .map(item -> folder.resolve(path(item)))
                        .toList());
        assertThat(three.items())
                .containsAll(FEW.items())
                .extracting(PromptSample.Item::seed)
                .doesNotHaveDuplicates();
    }

    @Test
    void theManifestListsWhatWasAskedForInWhateverOrder() throws IOException {
        Path once = temporary.resolve("once");
        Path bit = temporary.resolve("bit");
        PromptSample all = new PromptSample(FEW.classes(), 5, 2, 7);
        fill(once, all, new OnePixel());
        fill(bit, new PromptSample(List.of("dog"), 5, 7), new OnePixel());
        Files.delete(bit.resolve("pictures.jsonl")); // as in folders of earlier versions
        fill(bit, new PromptSample(List.of("alarm clock"), 2, 2, 7), new OnePixel());
        fill(bit, all, new OnePixel());

        List<String> lines = Files.readAllLines(once.resolve("pictures.jsonl"));
        PromptSample.Item item = all.items().get(7);
        assertThat(lines)
                .hasSize(20)
                .isSorted()
                .contains("{\"file\":\"%s\",\"class\":\"alarm clock\",\"prompt\":\"%s\",\"seed\":%d}"
                        .formatted(path(item), item.prompt(), item.seed()));
        assertThat(bit.resolve("pictures.jsonl")).hasSameBinaryContentAs(once.resolve("pictures.jsonl"));
    }

    @Test
    void aDamagedManifestIsExplained() throws IOException {
        Path folder = temporary.resolve("out");
        fill(folder, FEW, new OnePixel());
        Path manifest = folder.resolve("pictures.jsonl");
        for (String line : List.of("", "[]", "{\"file\": 3}", "{\"file\"", "[".repeat(100_000))) {
            Files.writeString(manifest, "{\"file\":\"a\"}\n" + line + "\n");
            assertThatThrownBy(() -> fill(folder, FEW, new OnePixel()))
                    .isInstanceOf(ClapException.class)
                    .hasMessageStartingWith("Line 2 of " + manifest + " is damaged: ")
                    .hasMessageEndingWith("; delete the file, and a new one will list the pictures that are asked for");
        }
    }

    /** A synthesizer written by a user, who may get it wrong. */
    private record Careless(BufferedImage picture, int atOnce) implements ImageSynthesizer {
        @Override
        public BufferedImage synthesize(String prompt, String className, long seed) {
            return picture;
        }

        @Override
        public Map<String, String> describe() {
            return Map.of("synthesizer", "careless");
        }

        @Override
        public void close() {}
    }

    @Test
    void picturesOfAnyTypeAreWritten() throws IOException {
        for (int type : new int[] {
            BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_BYTE_BINARY, BufferedImage.TYPE_3BYTE_BGR,
            BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_USHORT_565_RGB, BufferedImage.TYPE_BYTE_INDEXED
        }) {
            Path folder = temporary.resolve("type-" + type);
            BufferedImage white = new BufferedImage(5, 3, type);
            for (int i = 0; i < 15; i++) {
                white.setRGB(i % 5, i / 5, 0xFFFFFFFF);
            }
            PictureFolder.fill(folder, FEW, new Careless(white, 1), Progress.NONE);
            BufferedImage read = ImageIO.read(pictures(folder).get(0).toFile());
            assertThat(read.getRGB(0, 0, 5, 3, null, 0, 5)).containsOnly(0xFFFFFFFF);
        }
    }

    @Test
    void whatIsNoPictureFails() {
        Path folder = temporary.resolve("out");
        assertThatThrownBy(() -> PictureFolder.fill(folder, FEW, new Careless(null, 2), Progress.NONE))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("a synthesizer's picture");
        BufferedImage pixel = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        assertThatThrownBy(() -> PictureFolder.fill(folder, FEW, new Careless(pixel, 0), Progress.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A synthesizer makes at least 1 picture at once, not 0");
    }

    @Test
    void aFailureKeepsWhatIsFinished() throws IOException {
        Path folder = temporary.resolve("out");
        ImageSynthesizer failing = new ImageSynthesizer() {
            private final OnePixel pixel = new OnePixel();

            @Override
            public BufferedImage synthesize(String prompt, String className, long seed) {
                if (pixel.calls().get() == 4) {
                    throw new ClapException("no more");
                }
                return pixel.synthesize(prompt, className, seed);
            }

            @Override
            public Map<String, String> describe() {
                return pixel.describe();
            }

            @Override
            public void close() {}
        };
        assertThatThrownBy(() -> PictureFolder.fill(folder, FEW, failing, Progress.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessage("no more");
        assertThat(pictures(folder)).hasSize(4);
        assertThat(fill(folder, FEW, new OnePixel())).isEqualTo(2);
    }

    @Test
    void theSameSeedGivesTheSameBytesAndAnotherOthers() throws IOException {
        PromptSample all = new PromptSample(List.of("dog"), PromptSample.ALL, 7);
        fill(temporary.resolve("a"), all, new OnePixel());
        fill(temporary.resolve("b"), all, new OnePixel());
        fill(temporary.resolve("c"), new PromptSample(List.of("dog"), PromptSample.ALL, 8), new OnePixel());

        int different = 0;
        for (PromptSample.Item item : all.items()) {
            byte[] bytes = Files.readAllBytes(temporary.resolve("a").resolve(path(item)));
            assertThat(temporary.resolve("b").resolve(path(item))).hasBinaryContent(bytes);
            different += Files.mismatch(
                                    temporary.resolve("a").resolve(path(item)),
                                    temporary.resolve("c").resolve(path(item)))
                            < 0
                    ? 0
                    : 1;
        }
        assertThat(different).isGreaterThan(470);
    }

    /** A file without bytes is what a power cut leaves of a picture. */
    @Test
    void picturesWithoutBytesAreMadeAgain() throws IOException {
        Path folder = temporary.resolve("cut");
        fill(folder, FEW, new OnePixel());
        Path picture = folder.resolve(path(FEW.items().get(0)));
        byte[] whole = Files.readAllBytes(picture);
        Files.write(picture, new byte[0]);
        assertThat(PictureFolder.fill(folder, FEW, new OnePixel(), dev.clap4j.Progress.NONE))
                .isEqualTo(1);
        assertThat(picture).hasBinaryContent(whole);

        Files.delete(picture);
        Files.createDirectory(picture);
        assertThatThrownBy(() -> fill(folder, FEW, new OnePixel()))
                .isInstanceOf(ClapException.class)
                .hasMessage("Cannot write " + picture + ": it is a folder");
    }

    @Test
    void otherFoldersAreNotTouched() throws IOException {
        Path folder = temporary.resolve("out");
        fill(folder, FEW, new OnePixel());

        assertThatThrownBy(() -> fill(folder, new PromptSample(FEW.classes(), 3, 8), new OnePixel()))
                .isInstanceOf(ClapException.class)
                .hasMessage(folder + " holds pictures that were made differently: seed 7 instead of 8;"
                        + " choose another folder, or delete it");

        Files.writeString(temporary.resolve("note.txt"), "");
        assertThatThrownBy(() -> fill(temporary, FEW, new OnePixel()))
                .isInstanceOf(ClapException.class)
                .hasMessage(
                        temporary + " is not empty, and holds no pictures made from prompts; choose another folder");
    }

    @Test
    void noNameLeadsElsewhere() throws IOException {
        List<String> classes = List.of("../../EVIL", "a /../../EVIL", "..", "/", "con", "dog", "Dog", "a_b");
        Path folder = temporary.resolve("a/b/c/out");
        assertThat(fill(folder, new PromptSample(classes, 2, 7), new OnePixel()))
                .isEqualTo(2 * classes.size());
        assertThat(fill(folder, new PromptSample(classes, 2, 7), new OnePixel()))
                .isZero();
        assertThat(pictures(temporary)).hasSize(2 * classes.size()).allMatch(file -> file.startsWith(folder));
        try (var files = Files.list(folder)) {
            assertThat(files.filter(Files::isDirectory)
                            .map(file -> FileNames.nameOfUnderscored(
                                    file.getFileName().toString())))
                    .containsExactlyInAnyOrderElementsOf(classes);
        }
    }
}
