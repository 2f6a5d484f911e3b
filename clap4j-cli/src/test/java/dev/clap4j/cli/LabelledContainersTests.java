package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.SamplePictures;
import dev.clap4j.internal.dataset.ImageContent;
import dev.clap4j.internal.dataset.ImageCursor;
import dev.clap4j.internal.dataset.ImageSources;
import dev.clap4j.internal.dataset.SourceImage;
import dev.clap4j.internal.dataset.TarFiles;
import dev.clap4j.internal.image.ImageFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measurements on archives, tables and lists with labels, to the digit those on the same pictures in a folder. */
class LabelledContainersTests {
    @TempDir
    static Path folder;

    private static Path model;

    @BeforeAll
    static void makeModel() {
        model = TinyModel.write(folder.resolve("model"));
    }

    private static CommandRun run(String command, Path data, Object... options) {
        List<Object> words = new ArrayList<>(List.of(command, "--model", model, "--data", data));
        words.addAll(List.of(options));
        return CommandRun.of(words.toArray());
    }

    private static String scores(Path data, Object... options) {
        List<Object> all = new ArrayList<>(List.of("--json"));
        all.addAll(List.of(options));
        CommandRun run = run("zeroshot", data, all.toArray());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(run.err()).isEmpty();
        return run.out();
    }

    private static List<Path> pictures() {
        return ImageFiles.list(SamplePictures.folder());
    }

    private static String name(Path picture) {
        return SamplePictures.folder().relativize(picture).toString().replace('\\', '/');
    }

    /** An archive of the folder; the order of its members is not that of their names. */
    private static Path tar(String name) throws IOException {
        TarFiles tar = new TarFiles();
        List<Path> shuffled = new ArrayList<>(pictures());
        Collections.shuffle(shuffled, new Random(1));
        for (Path picture : shuffled) {
            tar.with(name(picture), Files.readAllBytes(picture));
        }
        return Files.write(folder.resolve(name), tar.closed());
    }

    private static Path list(String name) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path picture : pictures()) {
            String[] parts = name(picture).split("/", -1);
            lines.add(String.join(",", parts[1], folder.relativize(picture).toString(), parts[0]));
        }
        Collections.shuffle(lines, new Random(2));
        lines.add(0, "label,path,domain");
        return Files.write(folder.resolve(name), lines);
    }

    /** Shards as WebDataset has them, with numbers for classes in an order of their own. */
    private static void numbered(String name, List<Path> pictures, List<String> classes) throws IOException {
        TarFiles tar = new TarFiles();
        for (int i = 0; i < pictures.size(); i++) {
            String[] parts = name(pictures.get(i)).split("/", -1);
            String key = String.format("%06d", i);
            tar.with(key + ".cls", String.valueOf(classes.indexOf(parts[1])));
            tar.with(key + parts[2].substring(parts[2].indexOf('.')), Files.readAllBytes(pictures.get(i)));
            tar.with(key + ".json", "{\"domain\": \"" + parts[0] + "\"}");
        }
        Files.write(folder.resolve(name), tar.closed());
    }

    @Test
    void aFolderATarAndAListGiveTheSameScores() throws IOException {
        String expected = scores(SamplePictures.folder(), "--no-cache");
        assertThat(expected).contains("\"NC\"", "art_painting");
        Path tar = tar("pictures.tar");
        assertThat(scores(tar, "--no-cache")).isEqualTo(expected);
        assertThat(scores(list("pictures.csv"), "--no-cache")).isEqualTo(expected);
        String few = scores(SamplePictures.folder(), "--no-cache", "--limit", 3, "--domain", "photo", "--seed", 5);
        assertThat(scores(tar, "--no-cache", "--limit", 3, "--domain", "photo", "--seed", 5))
                .isEqualTo(few)
                .isNotEqualTo(expected);
    }

    @Test
    void numbersTakeTheNamesOfTheClasses() throws IOException {
        List<String> classes = new ArrayList<>(SamplePictures.CLASSES);
        Collections.reverse(classes);
        List<Path> pictures = pictures();
        numbered("part-0.tar", pictures.subList(0, 100), classes);
        numbered("part-1.tar", pictures.subList(100, pictures.size()), classes);
        Path shards = folder.resolve("part-{0..1}.tar");
        String names = String.join(",", classes);
        assertThat(scores(shards, "--no-cache", "--classes", names))
                .isEqualTo(scores(SamplePictures.folder(), "--no-cache"));

        CommandRun unnamed = run("zeroshot", shards);
        assertThat(unnamed.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(unnamed.err())
                .startsWith("clap: The classes in " + folder.toAbsolutePath()
                        + " are numbers; name those of 0, 1, 2 and so on with --classes or --classes-file");
        assertThat(run("zeroshot", shards, "--classes", "dog,cat").err())
                .contains("are numbers up to 6, but 2 are named; name those of 0, 1, 2 and so on");
    }

    @Test
    void aTableGivesTheSameScores() throws IOException {
        Path table = folder.resolve("huggingface.parquet");
        try (InputStream in = LabelledContainersTests.class.getResourceAsStream("huggingface.parquet")) {
            Files.write(table, in.readAllBytes());
        }
        Path unpacked = folder.resolve("huggingface");
        try (ImageCursor images = ImageSources.container(table).orElseThrow().open()) {
            for (int i = 0; images.hasNext(); i++) {
                SourceImage image = images.next();
                if (image.label().isPresent()) {
                    Path place = Files.createDirectories(
                            unpacked.resolve(image.label().get()));
                    Files.write(place.resolve(i + ".png"), ((ImageContent.InMemory) image.content()).bytes());
                }
            }
        }
        CommandRun run = run("zeroshot", table, "--no-cache", "--json");
        assertThat(run.out()).isEqualTo(scores(unpacked, "--no-cache"));
        assertThat(run.err()).contains("ignored " + table + "/4, which has no label");
    }

    /** An image is encoded once, wherever it is. */
    @Test
    void featuresAreSharedWithAFolder() throws IOException {
        Path cache = folder.resolve("cache");
        String expected = scores(SamplePictures.folder(), "--cache", cache);
        List<Path> chunks = chunks(cache);
        assertThat(scores(tar("again.tar"), "--cache", cache).replace("again", "pictures"))
                .isEqualTo(expected);
        assertThat(chunks(cache)).isEqualTo(chunks).isNotEmpty();

        Path other = folder.resolve("other-cache");
        assertThat(scores(tar("again.tar"), "--cache", other)).isEqualTo(expected);
        List<Path> written = chunks(other);
        assertThat(written).hasSameSizeAs(chunks);
        assertThat(scores(SamplePictures.folder(), "--cache", other)).isEqualTo(expected);
        assertThat(chunks(other)).isEqualTo(written);
    }

    private static List<Path> chunks(Path cache) throws IOException {
        try (Stream<Path> files = Files.walk(cache.resolve("features"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void otherMeasurementsTakeThem() throws IOException {
        Path tar = tar("others.tar");
        for (String command : List.of("variance", "retrieval")) {
            CommandRun ofTar = run(command, tar, "--no-cache", "--json");
            assertThat(ofTar.exitCode()).as(ofTar.err()).isEqualTo(Clap.DONE);
            assertThat(ofTar.out())
                    .isEqualTo(run(command, SamplePictures.folder(), "--no-cache", "--json")
                            .out());
        }
        CommandRun attack = run("attack", tar, "--out", folder.resolve("attacked"));
        assertThat(attack.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(attack.err())
                .startsWith(
                        "clap: clap attack takes image files in a folder, for it changes their pixels; unpack them");
    }

    @Test
    void aKeptRunIsRepeated() throws IOException {
        Path tar = tar("kept.tar");
        Path out = folder.resolve("run");
        CommandRun first = run("zeroshot", tar, "--no-cache", "--out", out);
        assertThat(first.exitCode()).as(first.err()).isEqualTo(Clap.DONE);
        CommandRun again = CommandRun.of("rerun", out, "--out", folder.resolve("rerun"));
        assertThat(again.exitCode()).as(again.err()).isEqualTo(Clap.DONE);
        assertThat(again.out()).contains("equal to the last bit");
        // The same pictures, one of which has changed.
        byte[] bytes = Files.readAllBytes(tar);
        bytes[600] ^= 1;
        Files.write(tar, bytes);
        assertThat(run("zeroshot", tar, "--no-cache", "--out", out, "--resume").err())
                .contains("resume it as it was started");
    }

    @Test
    void badPicturesAreNamed() throws IOException {
        byte[] picture = Files.readAllBytes(pictures().get(0));
        Path tar = Files.write(
                folder.resolve("bad.tar"),
                new TarFiles()
                        .with("dog/a.jpg", picture)
                        .with("dog/b.jpg", "no picture")
                        .with("cat/c.jpg", picture)
                        .with("cat/d.jpg", '2', "0", new byte[0])
                        .with("e.jpg", picture)
                        .closed());
        CommandRun stopped = run("zeroshot", tar, "--no-cache");
        assertThat(stopped.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(stopped.err())
                .contains("ignored " + tar + "/e.jpg, which has no label", "Cannot decode " + tar + "/dog/b.jpg");
        for (Object[] cache : new Object[][] {{"--no-cache"}, {"--cache", folder.resolve("bad-cache")}}) {
            List<Object> options = new ArrayList<>(List.of("--skip-unreadable"));
            options.addAll(List.of(cache));
            CommandRun run = run("zeroshot", tar, options.toArray());
            assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
            assertThat(run.err()).contains("Cannot decode " + tar + "/dog/b.jpg", tar + "/cat/d.jpg: it is a link");
            assertThat(run.out()).contains("2 images, 2 classes", "Left out, since they cannot be read: " + tar);
        }
    }

    private static String refused(Path data) {
        CommandRun run = run("zeroshot", data, "--no-cache");
        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        return run.err();
    }

    private static Path text(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    @Test
    void setsThatAreNoDataSetAreRefused() throws IOException {
        byte[] picture = Files.readAllBytes(pictures().get(0));
        Files.write(folder.resolve("p.jpg"), picture);
        Files.write(folder.resolve("q.jpg"), picture);
        assertThat(refused(text("none.csv", "path", "p.jpg"))).contains("None of the images in", "has a label");
        assertThat(refused(text("twice.csv", "path,label", "p.jpg,dog", "p.jpg,cat")))
                .contains("p.jpg comes twice; a data set has every image once");
        assertThat(refused(text("some.csv", "path,label,domain", "p.jpg,dog,photo", "q.jpg,dog,")))
                .contains("q.jpg has no domain, but other images have");
        assertThat(refused(text("spelt.csv", "path,label", "p.jpg,hot_dog", "q.jpg,Hot dog")))
                .contains("The labels hot_dog and Hot dog in", "both stand for the class \"hot dog\"");
        assertThat(refused(text("lacks.csv", "path,label,domain", "p.jpg,dog,a", "q.jpg,cat,b")))
                .contains("The domain a of", "lacks the class cat");
        assertThat(refused(text("notes.txt", "p.jpg"))).contains("is a file where a folder is expected");
        assertThat(refused(folder.resolve("*.jpg"))).contains("is no archive, table or list");
    }
}
