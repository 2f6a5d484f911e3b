package dev.clap4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.experiment.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SavedRunTests {
    @TempDir
    private Path folder;

    private Path run() throws IOException {
        return RunFiles.of("zeroshot")
                .images("zeroshot", new double[] {1, 0}, "method=CLIP", "prompt=C", "domain=a")
                .writeTo(folder.resolve("runs/zeroshot"));
    }

    @Test
    void filesAreReadAsTheyWereWritten() throws IOException {
        SavedRun run = SavedRun.read(run());

        assertThat(run.protocol()).isEqualTo("zeroshot");
        assertThat(run.command()).isEqualTo("clap zeroshot");
        assertThat(run.scores()).hasSize(1);
        assertThat(run.scores().get(0).value()).isEqualTo(50);
        assertThat(run.images().get(0).values()).containsExactly(1, 0);
        assertThat(run.model(Condition.NONE)).isEqualTo("mini");
    }

    @Test
    void runsAreFoundBelowFoldersAndOnce() throws IOException {
        Path run = run();
        assertThat(RunReader.find(List.of(folder, run))).hasSize(1);
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> RunReader.find(List.of(empty)))
                .isInstanceOf(ClapException.class)
                .hasMessage("There is no run in " + empty + ": neither it nor a folder below has a run.json");
        assertThatThrownBy(() -> RunReader.find(List.of(folder.resolve("absent"))))
                .isInstanceOf(ClapException.class)
                .hasMessage("There is no folder " + folder.resolve("absent"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "scores.jsonl|[]|a score has a measure and a numeric value",
                "scores.jsonl|{\"measure\":\"zeroshot\"}|a score has a measure and a numeric value",
                "scores.jsonl|{\"measure\":\"zeroshot\",\"value\":1e999}|Infinity",
                "scores.jsonl|{\"measure\":\"zeroshot\",\"value\":-1.7e308}|too large",
                "images.jsonl|{\"measure\":\"zeroshot\",\"condition\":{},\"from\":0,\"values\":\"1.7e308,1\"}|a finite value for each",
                "scores.jsonl|{\"measure\":\"zeroshot\",\"value\":\"1\"}|a score has a measure and a numeric value",
                "scores.jsonl|{\"measure\":\"zeroshot\",\"domain\":null,\"value\":1}|domain should be a text or a number",
                "scores.jsonl|{\"measure\":\"zeroshot\",\"domain\":[],\"value\":1}|domain should be a text or a number",
                "scores.jsonl|{\"measure\":\"a\",\"measure\":\"b\",\"value\":1}|uplicate",
                "scores.jsonl|{\"measure\":\"zeroshot\",\"value\":1} {}|Line 1 of",
                "images.jsonl|{\"measure\":\"zeroshot\",\"condition\":{},\"from\":0,\"values\":\"\"}|a finite value for each",
                "images.jsonl|{\"measure\":\"zeroshot\",\"condition\":{},\"from\":1,\"values\":\"01\"}|a finite value for each",
                "images.jsonl|{\"measure\":\"zeroshot\",\"condition\":{},\"from\":0,\"values\":\"NaN\"}|a finite value for each",
                "images.jsonl|{\"measure\":\"zeroshot\",\"condition\":{},\"from\":0,\"values\":\"x\"}|values of images are numbers",
                "images.jsonl|{\"measure\":\"zeroshot\",\"from\":0,\"values\":\"01\"}|condition",
                "pictures.json|{\"a.png\":1}|the caption of a.png should be a text",
                "samples.json|[{\"file\":\"a\"}]|samples.json",
                "pictures.json|[]|it should be an object",
                "pictures.json|\"a.png\"|it should be an object",
                "samples.json|{}|samples.json",
                "run.json|{\"protocol\":[]}|protocol should be of type string, unlike []",
                "run.json|{\"command\":1}|command should be of type string, unlike 1",
                "run.json|{\"options\":[]}|options should be of type object, unlike []",
                "run.json|{\"models\":{\"mini\":null}}|models/* should be of type object, unlike null",
                "run.json|{\"heads\":{\"CLAP\":{\"settings\":\"tau\"}}}|heads/*/settings should be of type object",
                "run.json|{\"data\":{\"images\":{\"classes\":{}}}}|data/*/classes should be of type array, unlike {}",
                "run.json|{\"data\":{\"images\":{\"images\":\"40\"}}}|data/*/images should be of type number",
            })
    void damagedFilesAreRefusedByName(String file, String text, String message) throws IOException {
        Path run = run();
        Files.writeString(run.resolve(file), text + "\n");
        assertThatThrownBy(() -> SavedRun.read(run))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining(run.resolve(file).toString())
                .hasMessageContaining("is not as clap4j writes it: ")
                .hasMessageContaining(message)
                .hasMessageEndingWith("; run what wrote it again");
    }

    @Test
    void scoresThatContradictTheirImagesAreRefused() throws IOException {
        Path run = run();
        Path scores = run.resolve("scores.jsonl");
        Files.writeString(scores, Files.readString(scores).replace("50.0", "70.0"));
        assertThatThrownBy(() -> SavedRun.read(run))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("contradict each other")
                .hasMessageContaining("is 70.0, but the mean over its images is 50.0");
    }

    @Test
    void scoresThatContradictEachOtherAreRefused() throws IOException {
        Path run = run();
        Files.writeString(
                run.resolve("scores.jsonl"),
                "{\"measure\":\"probe\",\"shots\":\"1\",\"value\":1}\n{\"measure\":\"probe\",\"shots\":\"1\",\"value\":2}\n");
        assertThatThrownBy(() -> SavedRun.read(run))
                .isInstanceOf(ClapException.class)
                .hasMessageEndingWith("contradict each other: probe of {shots=1} is 1.0 and 2.0; run it again");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void linksAreNotFollowed() throws IOException {
        for (String file : List.of("run.json", "scores.jsonl", "images.jsonl", "pictures.json", "samples.json")) {
            Path run = run();
            Path moved = folder.resolve("moved-" + file);
            Files.writeString(moved, Files.exists(run.resolve(file)) ? Files.readString(run.resolve(file)) : "{}");
            Files.deleteIfExists(run.resolve(file));
            Files.createSymbolicLink(run.resolve(file), moved);
            assertThatThrownBy(() -> RunReader.find(List.of(run)))
                    .isInstanceOf(ClapException.class)
                    .hasMessage(run.resolve(file)
                            + " is a link, or no file; a report shows what is in the folders of runs themselves");
            Files.delete(run.resolve(file));
        }
        Path link = Files.createSymbolicLink(folder.resolve("mine"), run());
        assertThat(RunReader.find(List.of(link)))
                .as("a link that the user names")
                .hasSize(1);
    }

    /** Records of other commands have parts of their own, as {@code data} of a pre-training. */
    @Test
    void recordsOfTrainingsAreTheirOwn() throws IOException {
        Path run = Files.createDirectories(folder.resolve("pretraining"));
        Files.writeString(
                run.resolve("run.json"), "{\"objective\":\"clip\",\"data\":{\"kind\":\"captions\",\"images\":\"40\"}}");
        assertThat(Report.read(List.of(run)).render(Format.HTML, 0)).contains("pretraining");
    }

    @Test
    void unfinishedRunsHaveNoScores() throws IOException {
        Path run = run();
        Files.delete(run.resolve("scores.jsonl"));
        Files.delete(run.resolve("images.jsonl"));
        assertThat(Report.read(List.of(run)).paragraph()).startsWith("Nothing was measured");
    }
}
