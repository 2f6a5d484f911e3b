package dev.clap4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.SamplePictures;
import dev.clap4j.feature.FeatureFiles;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.dataset.ImageContent;
import dev.clap4j.internal.dataset.ImageCursor;
import dev.clap4j.internal.dataset.ImageSources;
import dev.clap4j.internal.dataset.TarFiles;
import dev.clap4j.internal.image.ImageFiles;
import dev.clap4j.internal.io.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images in tar archives, Parquet files and lists, to the commands that take folders. */
class ImageContainersTests {
    @TempDir
    private Path folder;

    private Path tar(String name, List<Path> pictures) throws IOException {
        TarFiles tar = new TarFiles();
        for (Path picture : pictures) {
            tar.with(SamplePictures.folder().relativize(picture).toString(), Files.readAllBytes(picture));
        }
        return Files.write(folder.resolve(name), tar.closed());
    }

    private Path resource(String name) throws IOException {
        try (InputStream in = ImageContainersTests.class.getResourceAsStream(name)) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }

    private FeatureMatrix features(Object... images) {
        Path out = folder.resolve("features.npy");
        List<Object> words = new ArrayList<>(List.of("embed", "--out", out, "--images"));
        words.addAll(List.of(images));
        CommandRun run = CommandRun.of(words.toArray());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        return FeatureFiles.load(out);
    }

    @Test
    void aFolderATarAndAListGiveTheSameFeatures() throws IOException {
        Path dogs = SamplePictures.folder("photo");
        List<Path> pictures = ImageFiles.list(dogs);
        FeatureMatrix expected = features(dogs);
        assertThat(expected.rows()).isEqualTo(84);
        Path tar = tar("photos.tar", pictures);
        FeatureMatrix ofTar = features(tar);
        assertThat(ofTar.values()).isEqualTo(expected.values());
        assertThat(ofTar.ids().get(0))
                .isEqualTo(tar + "/" + SamplePictures.folder().relativize(pictures.get(0)));

        StringBuilder lines = new StringBuilder("path,label\n");
        pictures.forEach(picture -> lines.append(folder.relativize(picture)).append(",x\n"));
        Path list = Files.writeString(folder.resolve("list.csv"), lines);
        assertThat(features(list).values()).isEqualTo(expected.values());

        tar("part-00.tar", pictures.subList(0, 40));
        tar("part-01.tar", pictures.subList(40, 84));
        assertThat(features(folder.resolve("part-{00..01}.tar")).values()).isEqualTo(expected.values());
        assertThat(features(folder.resolve("part-*.tar")).values()).isEqualTo(expected.values());
        CommandRun run = CommandRun.of(
                "embed", "--images", folder.resolve("part-{00..02}.tar"), "--out", folder.resolve("x.npy"));
        assertThat(run.err()).contains("There is no file or folder " + folder.resolve("part-02.tar"));
    }

    @Test
    void aParquetFileGivesTheSameFeatures() throws IOException {
        Path file = resource("huggingface.parquet");
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        try (ImageCursor images = ImageSources.container(file).orElseThrow().open()) {
            for (int i = 0; images.hasNext(); i++) {
                ImageContent.InMemory content =
                        (ImageContent.InMemory) images.next().content();
                Files.write(unpacked.resolve(i + ".png"), content.bytes());
            }
        }
        FeatureMatrix features = features(file);
        assertThat(features.values()).isEqualTo(features(unpacked).values());
        assertThat(features.ids()).containsExactly(file + "/0", file + "/1", file + "/2", file + "/3", file + "/4");
    }

    @Test
    void shardsContinueAfterTheLast() throws IOException {
        Path dogs = SamplePictures.folder("photo/dog");
        Path out = folder.resolve("f.npy");
        Object[] command = {"embed", "--images", dogs, "--shard", 5, "--out", out};
        CommandRun run = CommandRun.of(command);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(run.out()).contains("12 features", "f-00001.npy … f-00003.npy");
        assertThat(FeatureFiles.load(folder.resolve("f-00002.npy")).rows()).isEqualTo(5);
        assertThat(FeatureFiles.load(folder.resolve("f-00003.npy")).rows()).isEqualTo(2);
        assertThat(out).doesNotExist();

        // A shard of which one file is missing is written again, as after a kill.
        Map<String, String> before = shards();
        Files.delete(folder.resolve("f-00002.ids.txt"));
        Files.delete(folder.resolve("f-00003.npy"));
        assertThat(CommandRun.of(command).err()).contains("There are shards already");
        CommandRun resumed = CommandRun.of("embed", "--images", dogs, "--shard", 5, "--out", out, "--resume");
        assertThat(resumed.exitCode()).as(resumed.err()).isEqualTo(Clap.DONE);
        assertThat(shards()).isEqualTo(before);

        CommandRun other =
                CommandRun.of("embed", "--images", dogs, "--shard", 6, "--out", out, "--resume", "--normalise");
        assertThat(other.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(other.err()).contains("of another model, other images or other options");
    }

    /** Returns the contents of all files of shards, by name. */
    private Map<String, String> shards() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (int i = 1; i <= 3; i++) {
            for (String ending : List.of(".npy", ".ids.txt")) {
                String name = "f-0000" + i + ending;
                byte[] bytes = Files.readAllBytes(folder.resolve(name));
                contents.put(name, ending.equals(".npy") ? Digests.of(bytes) : new String(bytes, UTF_8));
            }
        }
        return contents;
    }

    @Test
    void badPicturesAreNamed() throws IOException {
        Path picture = ImageFiles.list(SamplePictures.folder("photo/dog")).get(0);
        Path tar = Files.write(
                folder.resolve("a.tar"),
                new TarFiles()
                        .with("a.jpg", Files.readAllBytes(picture))
                        .with("b.jpg", "no picture")
                        .with("c.jpg", Files.readAllBytes(picture))
                        .closed());
        Path list = Files.writeString(folder.resolve("a.csv"), "path\n" + picture + "\nmissing.jpg\n");
        Path table = resource("bytes-gzip.parquet");
        Path out = folder.resolve("f.npy");
        CommandRun run = CommandRun.of("embed", "--images", tar, "--out", out);
        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(run.err()).contains("Cannot decode " + tar + "/b.jpg");
        for (String shard : List.of("1", "4")) {
            CommandRun skipping = CommandRun.of(
                    "embed",
                    "--images",
                    tar,
                    list,
                    table,
                    "--skip-unreadable",
                    "--shard",
                    shard,
                    "--out",
                    folder.resolve(shard + ".npy"));
            assertThat(skipping.exitCode()).as(skipping.err()).isEqualTo(Clap.DONE);
            assertThat(skipping.out()).contains("6 features of", tar + "/b.jpg", table + "/2", table + "/3");
        }
        assertThat(FeatureFiles.load(folder.resolve("4-00002.npy")).rows()).isEqualTo(2);
    }

    @Test
    void classifiesWhatIsInside() throws IOException {
        Path dogs = SamplePictures.folder("photo/dog");
        Path tar = tar("a.tar", ImageFiles.list(dogs));
        CommandRun ofFolder = CommandRun.of("classify", "--classes", "dog,house", "--format", "csv", dogs);
        CommandRun ofTar = CommandRun.of("classify", "--classes", "dog,house", "--format", "csv", tar);
        assertThat(ofTar.exitCode()).as(ofTar.err()).isEqualTo(Clap.DONE);
        assertThat(ofTar.out().replace(tar.toString(), SamplePictures.folder().toString()))
                .isEqualTo(ofFolder.out());
        assertThat(CommandRun.of("classify", "--classes", "dog,house", tar, resource("bytes-gzip.parquet"))
                        .err())
                .contains("left out 2 of 17 images");
        CommandRun sorted = CommandRun.of("classify", "--classes", "dog", "--sort-into", folder.resolve("s"), tar);
        assertThat(sorted.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(sorted.err()).contains("are inside of it");
        Files.write(tar, java.util.Arrays.copyOf(Files.readAllBytes(tar), 3000));
        CommandRun cut = CommandRun.of("classify", "--classes", "dog,house", tar, dogs);
        assertThat(cut.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(cut.err()).contains("it is incomplete");
        assertThat(cut.out()).contains("photo/dog");
    }
}
