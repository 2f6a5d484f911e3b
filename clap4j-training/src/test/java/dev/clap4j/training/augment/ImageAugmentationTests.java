package dev.clap4j.training.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageAugmentationTests {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "official | crop=0.64,brightness=0.5,hue=0.3",
                "none | none",
                "crop,brightness,hue,mask,perspective,flip |"
                        + " crop=0.64,brightness=0.5,hue=0.3,mask=0.5,perspective=0.5,flip=0.5",
                "Flip=1, hue = 0.25 | hue=0.25,flip=1",
                "crop=1,brightness=0 | none",
            })
    void textsAreReadAndWritten(String text, String described) {
        ImageAugmentation augmentation = ImageAugmentation.parse(text);
        assertThat(augmentation.describe()).isEqualTo(described);
        assertThat(ImageAugmentation.parse(described)).isEqualTo(augmentation);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OSD=0.5 | Unknown augmentation of images \"OSD\" in \"OSD=0.5\"; write official, none, or a list of crop,"
                        + " brightness, hue, mask, perspective and flip, each with its number (crop=0.64)",
                "hue=0.1,hue | The augmentation hue is given twice in \"hue=0.1,hue\"",
                "hue=0.6 | The augmentation hue takes a part of the colour circle from 0 to 0.5: hue=0.6",
                "crop=0 | The augmentation crop takes a part of the area, above 0 and at most 1: crop=0",
                "brightness=-1 | The augmentation brightness takes a number from 0 on: brightness=-1",
                "flip=often | The augmentation flip takes a probability from 0 to 1: flip=often",
                "mask=NaN | The augmentation mask takes a probability from 0 to 1: mask=NaN",
            })
    void badTextsAreExplained(String text, String message) {
        assertThatThrownBy(() -> ImageAugmentation.parse(text))
                .isInstanceOf(ClapException.class)
                .hasMessage(message);
    }
}
