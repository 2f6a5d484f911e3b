package dev.clap4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.UnreadableImage;
import dev.clap4j.internal.io.FileNames;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class PromptedImagesTests {
    @TempDir
    private Path folder;

    private void makePictures() throws IOException {
        for (String image : List.of("fire_truck/b/1.png", "fire_truck/b/0.jpg", "fire_truck/a/0.png", "Cat/a/0.png")) {
            BadPromptedImages.put(folder.resolve(image));
        }
        Files.writeString(folder.resolve("synthesis.json"), "{}");
        Files.writeString(folder.resolve("fire_truck/b/note.txt"), "");
        BadPromptedImages.put(folder.resolve(".hidden/a/0.png"));
    }

    @Test
    void classesAndPromptsAreSorted() throws IOException {
        makePictures();
        List<String> warnings = new ArrayList<>();
        PromptedImages images = PromptedImages.read(folder, warnings::add);
        assertThat(warnings).containsExactly("ignored 1 file of unsupported kinds: 1 .txt");
        assertThat(images.classes()).containsExactly("cat", "fire truck");
        assertThat(images.prompts())
                .containsExactly(
                        new PromptedImages.Prompt("cat", List.of("Cat/a/0.png")),
                        new PromptedImages.Prompt("fire truck", List.of("fire_truck/a/0.png")),
                        new PromptedImages.Prompt("fire truck", List.of("fire_truck/b/0.jpg", "fire_truck/b/1.png")));
    }

    /** A run is resumed with the same images only. */
    @Test
    void imagesAreToldApartByTheirContent() throws IOException {
        makePictures();
        List<String> before = PromptedImages.read(folder, warning -> {}).describe();
        Path image = folder.resolve("fire_truck/a/0.png");
        byte[] changed = Files.readAllBytes(image);
        changed[0]++;
        Files.write(image, changed);
        Files.setLastModifiedTime(image, FileTime.fromMillis(0));
        List<String> after = PromptedImages.read(folder, warning -> {}).describe();
        assertThat(before).hasSize(4);
        assertThat(after.get(0)).isEqualTo(before.get(0)).startsWith("Cat/a/0.png ");
        assertThat(after.get(1)).isNotEqualTo(before.get(1));
    }

    @Test
    void namedClassesComeInTheirOrder() throws IOException {
        makePictures();
        assertThat(PromptedImages.read(folder, List.of("fire truck", "cat"), warning -> {})
                        .prompts())
                .extracting(PromptedImages.Prompt::className)
                .containsExactly("fire truck", "fire truck", "cat");
        assertThatThrownBy(() -> PromptedImages.read(folder, List.of("cat", "zebra"), warning -> {}))
                .isInstanceOf(ClapException.class)
                .hasMessage(folder + " has no images of the class \"zebra\", only of cat, fire truck; add some, or"
                        + " leave the class out");
    }

    /** As they are synthesized: what cannot be in a folder's name is written out. */
    @Test
    void anyNameOfAClassComesBack() throws IOException {
        List<String> classes = List.of("dog", "Dog", "tv/radio", "a_b", "..", "con");
        List<String> taken = new ArrayList<>();
        for (String name : classes) {
            taken.add(FileNames.withUnderscores(name, taken));
            BadPromptedImages.put(folder.resolve(taken.get(taken.size() - 1)).resolve("a/0.png"));
        }
        assertThat(PromptedImages.read(folder, warning -> {}).classes()).containsExactlyInAnyOrderElementsOf(classes);
        assertThat(PromptedImages.read(folder, classes, warning -> {}).prompts())
                .extracting(prompt -> prompt.images().get(0))
                .containsExactlyElementsOf(
                        taken.stream().map(name -> name + "/a/0.png").toList());
    }

    @Test
    void promptsWithoutAReadableImageAreLeftOut() throws IOException {
        for (String image : List.of("cat/a/0.png", "cat/b/0.png", "cat/b/1.png", "dog/a/0.png")) {
            Path file = folder.resolve(image);
            Files.createDirectories(file.getParent());
            ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        }
        PromptedImages whole = PromptedImages.read(folder, warning -> {});
        BadPromptedImages.put(folder.resolve("cat/b/1.png"));
        BadPromptedImages.put(folder.resolve("cat/c/0.png"));

        PromptedImages readable = PromptedImages.read(folder, warning -> {}).readable(Progress.NONE);

        assertThat(readable.unreadable())
                .extracting(UnreadableImage::file)
                .containsExactly(folder.resolve("cat/b/1.png"), folder.resolve("cat/c/0.png"));
        Files.delete(folder.resolve("cat/b/1.png"));
        Files.delete(folder.resolve("cat/c/0.png"));
        Files.delete(folder.resolve("cat/c"));
        assertThat(readable.prompts())
                .isEqualTo(PromptedImages.read(folder, warning -> {}).prompts());
        assertThat(readable.prompts()).hasSameSizeAs(whole.prompts());

        BadPromptedImages.put(folder.resolve("dog/a/0.png"));
        PromptedImages none = PromptedImages.read(folder, warning -> {});
        assertThatThrownBy(() -> none.readable(Progress.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("None of the images of the class dog in " + folder + " can be decoded;");
    }

    @TestFactory
    Stream<DynamicTest> foldersOfAnotherShapeAreRefused() throws IOException {
        return BadPromptedImages.create(folder).stream()
                .map(bad -> DynamicTest.dynamicTest(
                        bad.name(), () -> assertThatThrownBy(() -> PromptedImages.read(bad.path(), warning -> {}))
                                .isInstanceOf(ClapException.class)
                                .hasMessage(bad.message())));
    }
}
