package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.feature.FeatureFiles;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broken picture stops every command, unless it is to be skipped: then it is as if it were not there, and it is listed. */
class SkipUnreadableTests {
    @TempDir
    private Path folder;

    private Path data;
    private Path broken;
    private Path cut;

    @BeforeEach
    void draw() throws IOException {
        data = folder.resolve("data");
        for (String domain : List.of("flat", "round")) {
            for (String name : List.of("cat", "dog")) {
                for (int i = 0; i < 5; i++) {
                    draw(data.resolve(domain).resolve(name).resolve(i + ".png"), domain.length() * 100 + i);
                }
            }
        }
        broken = Files.writeString(data.resolve("flat/dog/10.png"), "no picture");
        byte[] whole = Files.readAllBytes(data.resolve("round/cat/1.png"));
        cut = Files.write(data.resolve("round/cat/0a.png"), java.util.Arrays.copyOf(whole, 40));
    }

    private static void draw(Path file, int seed) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        Random random = new Random(seed + file.toString().length());
        for (int i = 0; i < 9; i++) {
            graphics.setColor(new Color(random.nextInt(1 << 24)));
            graphics.fillOval(random.nextInt(50), random.nextInt(50), 5 + random.nextInt(30), 5 + random.nextInt(30));
        }
        graphics.dispose();
        ImageIO.write(image, "png", file.toFile());
    }

    private CommandRun run(String command, Path out, String... more) {
        List<Object> words = new ArrayList<>();
        for (String word : command.split(" ", -1)) {
            words.add(word.replace("DATA", data.toString())
                    .replace("OUT", out.toString())
                    .replace("ROOT", folder.toString()));
        }
        words.addAll(List.of(more));
        return CommandRun.of(words.toArray());
    }

    private static String done(CommandRun run) {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        return run.out();
    }

    private static ObjectNode json(CommandRun run) throws IOException {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        return (ObjectNode) new ObjectMapper().readTree(run.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zeroshot --data DATA --no-cache --seed 3",
                "zeroshot --data DATA --limit 2 --seed 3 --out OUT",
                "fewshot --data DATA --shots 1,2 --seeds 2 --out OUT",
                "tsne --data DATA --limit 4 --perplexity 2 --iterations 20 --out OUT",
                "attack --data DATA --attacks fgsm --limit 3 --out OUT",
                "attack --data DATA --attacks fgsm --classifier oneshot --out OUT",
                "sweep ROOT/sweep.yaml --data DATA --out OUT",
                "retrieval --data DATA",
                "variance --data DATA",
                "mixed --data DATA --draws 2",
            })
    void theResultIsAsIfTheyWereNotThere(String command) throws IOException {
        Files.writeString(
                folder.resolve("sweep.yaml"),
                "title: small\nalpha: [0.5]\noptions: {steps: 4, batch: 4, latent: 8}\ngrid: {tau: [0.5]}\n");
        CommandRun strict = run(command.replaceFirst(" --limit \\d", ""), folder.resolve("strict"), "--json");
        assertThat(strict.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(strict.err())
                .containsPattern("(?s)clap: Cannot decode .*data.*\\R"
                        + "To go on without such images, add --skip-unreadable\\R$");

        CommandRun skipping = run(command, folder.resolve("out"), "--json", "--skip-unreadable");
        String rows = done(skipping);
        assertThat(skipping.err())
                .contains("clap: left out 2 of 22 images, since they cannot be read")
                .contains("Left out, since they cannot be read: " + broken + ", " + cut);

        Files.delete(broken);
        Files.delete(cut);
        assertThat(rows).isEqualTo(done(run(command, folder.resolve("absent"), "--json")));
    }

    @Test
    void quantizationIsCheckedAsIfTheyWereNotThere() throws IOException {
        String command = "checkpoint quantize --images DATA";
        ObjectNode result = json(run(command, folder, "--json", "--skip-unreadable"));
        assertThat(result.remove("unreadable"))
                .extracting(image -> image.get("file").asText())
                .containsExactly(broken.toString(), cut.toString());
        Files.delete(broken);
        Files.delete(cut);
        assertThat(result).isEqualTo(json(run(command, folder, "--json")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zeroshot --data DATA --no-cache",
                "fewshot --data DATA --shots 1 --seeds 1 --out OUT",
                "tsne --data DATA --perplexity 1.5 --iterations 20 --out OUT",
                "attack --data DATA --attacks fgsm --out OUT",
                "embed --images DATA --out OUT",
            })
    void aFileThatIsNoImageIsListed(String command) throws IOException {
        Files.delete(cut);
        Path out = folder.resolve(command.startsWith("embed") ? "features.npy" : "run");
        CommandRun run = run(command, out, "--skip-unreadable");
        assertThat(done(run)).contains("Left out, since it cannot be read: " + broken);
    }

    @Test
    void theTableNamesThem() {
        CommandRun run = run("zeroshot --data DATA --no-cache --styles C --skip-unreadable", folder);
        assertThat(run.out().lines()).last().isEqualTo("Left out, since they cannot be read: " + broken + ", " + cut);
    }

    @Test
    void theRecordOfARunNamesThem() throws IOException {
        done(run(
                "zeroshot --data DATA --no-cache --styles C --skip-unreadable --json --out OUT",
                folder.resolve("out")));
        JsonNode record =
                new ObjectMapper().readTree(folder.resolve("out/run.json").toFile());
        assertThat(record.at("/data/images/unreadable"))
                .extracting(JsonNode::asText)
                .containsExactly(broken.toString(), cut.toString());
        assertThat(record.at("/data/images/images").asInt()).isEqualTo(20);
    }

    @Test
    void aClassThatLosesAllItsPicturesIsAnError() throws IOException {
        for (int i = 0; i < 5; i++) {
            Files.writeString(data.resolve("round/dog/" + i + ".png"), "");
        }
        CommandRun run = run("zeroshot --data DATA --no-cache --skip-unreadable", folder);
        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(run.err())
                .startsWith("clap: None of the images of the class dog in round can be decoded: Cannot decode ");
    }

    @Test
    void embedWritesTheOthers() throws IOException {
        String command = "embed --images DATA --out OUT";
        CommandRun strict = run(command, folder.resolve("strict.npy"));
        assertThat(strict.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(strict.err())
                .endsWith("To go on without such images, add --skip-unreadable" + System.lineSeparator());
        assertThat(folder.resolve("strict.npy")).doesNotExist();

        Path out = folder.resolve("some.safetensors");
        ObjectNode result = json(run(command, out, "--skip-unreadable", "--json"));
        assertThat(result.get("rows").asInt()).isEqualTo(20);
        assertThat(result.get("unreadable")).hasSize(2);
        Files.delete(broken);
        Files.delete(cut);
        Path absent = folder.resolve("absent.safetensors");
        assertThat(run(command, absent).exitCode()).isEqualTo(Clap.DONE);
        assertThat(FeatureFiles.load(out.toString())).isEqualTo(FeatureFiles.load(absent.toString()));
    }

    @Test
    void classifySkipsInAnyCaseAndSaysSoByItsExitCode() throws IOException {
        String command = "classify --classes cat,dog DATA --json";
        CommandRun run = run(command, folder);
        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        JsonNode result = new ObjectMapper().readTree(run.out());
        assertThat(result.get("images")).hasSize(20);
        assertThat(result.get("unreadable"))
                .extracting(image -> image.get("file").asText())
                .containsExactly(broken.toString(), cut.toString());
        assertThat(json(run(command, folder, "--skip-unreadable"))).isEqualTo(result);
    }

    @Test
    void preprocessListsThem() throws IOException {
        ObjectNode result =
                json(run("preprocess --images DATA --out OUT --skip-unreadable --json", folder.resolve("png")));
        assertThat(result.get("images").asInt()).isEqualTo(20);
        assertThat(result.get("skipped").asInt()).isEqualTo(2);
        assertThat(result.get("unreadable")).hasSize(2);
    }

    @Test
    void pretrainAndImAugTrainOnTheOthers() throws IOException {
        Path captioned = folder.resolve("captioned");
        Path synthetic = folder.resolve("synthetic");
        StringBuilder captions = new StringBuilder();
        for (int i = 0; i < 9; i++) {
            draw(captioned.resolve(i + ".png"), i);
            captions.append("{\"image\": \"")
                    .append(i)
                    .append(".png\", \"caption\": \"picture ")
                    .append(i)
                    .append("\"}\n");
            draw(
                    synthetic
                            .resolve(i % 2 == 0 ? "cat" : "dog")
                            .resolve("prompt " + i)
                            .resolve("0.png"),
                    i);
        }
        Files.writeString(captioned.resolve("captions.jsonl"), captions);
        Files.writeString(captioned.resolve("4.png"), "no picture");
        Files.writeString(synthetic.resolve("cat/prompt 4/0.png"), "no picture");
        String pretrain =
                "pretrain --data ROOT/captioned --architecture mini --steps 1 --batch 4 --vocab-size 520 --json --out OUT";
        String imAug =
                "train --objective im-aug --images ROOT/synthetic --steps 2 --batch 4 --latent 8 --json --out OUT";
        for (String command : List.of(pretrain, imAug)) {
            ObjectNode result = json(run(command, folder.resolve("out-" + command.length()), "--skip-unreadable"));
            assertThat(result.get("unreadable")).hasSize(1);
            assertThat(result.at("/unreadable/0/reason").asText()).startsWith("Cannot decode ");
        }
    }
}
