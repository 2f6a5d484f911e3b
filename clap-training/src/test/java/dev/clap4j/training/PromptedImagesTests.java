package dev.clap4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.io.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
        PromptedImages images = PromptedImages.read(folder);
        assertThat(images.classes()).containsExactly("cat", "fire truck");
        assertThat(images.prompts())
                .containsExactly(
                        new PromptedImages.Prompt("cat", List.of("Cat/a/0.png")),
                        new PromptedImages.Prompt("fire truck", List.of("fire_truck/a/0.png")),
                        new PromptedImages.Prompt("fire truck", List.of("fire_truck/b/0.jpg", "fire_truck/b/1.png")));
        assertThat(images.describe())
                .containsExactly(
                        "Cat/a/0.png 3", "fire_truck/a/0.png 3", "fire_truck/b/0.jpg 3", "fire_truck/b/1.png 3");
    }

    @Test
    void namedClassesComeInTheirOrder() throws IOException {
        makePictures();
        assertThat(PromptedImages.read(folder, List.of("fire truck", "cat")).prompts())
                .extracting(PromptedImages.Prompt::className)
                .containsExactly("fire truck", "fire truck", "cat");
        assertThatThrownBy(() -> PromptedImages.read(folder, List.of("cat", "zebra")))
                .isInstanceOf(ClapException.class)
                .hasMessage(folder + " has no images of the class \"zebra\", only of cat, fire truck; make them with"
                        + " clap synthesize, or leave it out");
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
        assertThat(PromptedImages.read(folder).classes()).containsExactlyInAnyOrderElementsOf(classes);
        assertThat(PromptedImages.read(folder, classes).prompts())
                .extracting(prompt -> prompt.images().get(0))
                .containsExactlyElementsOf(
                        taken.stream().map(name -> name + "/a/0.png").toList());
    }

    @TestFactory
    Stream<DynamicTest> foldersOfAnotherShapeAreRefused() throws IOException {
        return BadPromptedImages.create(folder).stream()
                .map(bad -> DynamicTest.dynamicTest(
                        bad.name(), () -> assertThatThrownBy(() -> PromptedImages.read(bad.path()))
                                .isInstanceOf(ClapException.class)
                                .hasMessage(bad.message())));
    }
}
