package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

class GivenPathsTests {
    private static final String CONTENT = "precious";

    @TempDir
    private Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        for (String name : new String[] {
            "m/open_clip_model.safetensors",
            "h.safetensors",
            "f.safetensors",
            "t.jsonl",
            "x.ids.txt",
            "z/a.png",
            "r/run.json"
        }) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, CONTENT);
        }
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("m"));
    }

    private CommandRun run(String arguments) {
        return CommandRun.of((Object[]) arguments.replace("@", folder + "/").split(" "));
    }

    /** The program would take its own output for an input, or the user would lose one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "embed --model @m --images @z --out @m/open_clip_model.safetensors",
                "embed --model @m --images @z --out @m/new.npy",
                "embed --model @link --images @z --out @m/new.npy",
                "embed --model @m --images @z --out @link/../m/new.npy",
                "embed --model @m/open_clip_model.safetensors --images @z --out @link/open_clip_model.safetensors",
                "embed --texts @t.jsonl --out @t.jsonl",
                "embed --texts @x.ids.txt --out @x.npy",
                "embed --pixels @f.safetensors#x --out @f.safetensors",
                "head apply --head @h.safetensors --features @f.safetensors#x --out @h.safetensors",
                "head apply --head @h.safetensors --features @f.safetensors#x --out @f.safetensors",
                "preprocess --images @z --out @z",
                "preprocess --images @h.safetensors --out @h.safetensors",
                "zeroshot --data @z --head A=@h.safetensors --out @h.safetensors",
                "report @r --out @r/run.json",
                "report @r --out @r",
            })
    void anOutputThatIsAnInputIsWrongUse(String arguments) {
        CommandRun run = run(arguments);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.WRONG_USE);
        assertThat(run.err().lines()).hasSize(2).first().asString().startsWith("clap: ");
        assertThat(run.err()).containsPattern("would replace|is in the model's folder|should end in .html");
    }

    @Test
    void outputsBesideInputsAreFine() {
        CommandRun beside = run("embed --texts @t.jsonl --model @m --out @z/features.npy");
        assertThat(beside.exitCode()).isEqualTo(Clap.FAILED);
        CommandRun stored = run("zeroshot --data @z --cache @z/c --out @z/c");
        assertThat(stored.exitCode()).isEqualTo(Clap.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "classify --classes dog,cat ''",
                "report ''",
                "report @r --out ''",
                "embed --model '' --images @z --out @x.npy",
                "embed --texts '' --out @x.npy",
                "zeroshot --data @z --head ''",
                "checkpoint inspect ''",
                "sweep '' --out @s",
            })
    void anEmptyPathIsWrongUse(String arguments) {
        String[] words = Stream.of(arguments.replace("@", folder + "/").split(" "))
                .map(word -> word.equals("''") ? "" : word)
                .toArray(String[]::new);
        CommandRun run = CommandRun.of((Object[]) words);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.WRONG_USE);
        assertThat(run.err().lines()).hasSize(2).first().asString().startsWith("clap: An empty path for ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "index --images @z,@m --out @i | --images @z @m",
                "index --images @m @z,nowhere --out @i | --images @z nowhere",
                "search --index @i dog --under @z,@m | --under @z --under @m",
                "classify --classes dog,cat @z/a.png,@z | @z/a.png @z",
                "report @r,@m | @r @m"
            })
    void aListOfPathsIsWrongUse(String arguments, String right) {
        CommandRun run = run(arguments);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.WRONG_USE);
        assertThat(run.err())
                .contains("several files or folders are given as " + right.replace("@", folder + "/") + "\n");
    }

    @Test
    void aPathMayHaveACommaInIt() throws IOException {
        Files.move(folder.resolve("z"), folder.resolve("z,m"));
        assertThat(run("classify --classes dog,cat @z,m").err())
                .contains("z,m/a.png")
                .doesNotContain("several");
        assertThat(run("classify --classes dog,cat @none,n").err()).contains("There is no file or folder");
    }

    /** Paths are known by their labels, so every one has such a label. */
    @Test
    void allPathsAreKnown() {
        assertThat(commands(Clap.program())
                        .flatMap(command -> command.getCommandSpec().args().stream())
                        .filter(arg -> takesPaths(arg)
                                && !GivenPaths.LABEL.matcher(arg.paramLabel()).find()))
                .isEmpty();
    }

    private static Stream<CommandLine> commands(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(GivenPathsTests::commands));
    }

    private static boolean takesPaths(ArgSpec arg) {
        return arg.type() == Path.class
                || List.of(arg.typeInfo().getAuxiliaryTypes()).contains(Path.class);
    }

    /** No file of arguments is read: texts and names may begin with an at sign. */
    @Test
    void anAtSignIsASignLikeAnyOther() throws IOException {
        Path words = Files.writeString(folder.resolve("words"), "--help");
        CommandRun run = CommandRun.of("report", "@" + words);
        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(run.err()).contains("@" + words);
        assertThat(CommandRun.of("prompts", "--classes", "@" + words).out()).contains("@" + words);
    }
}
