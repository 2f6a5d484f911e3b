package dev.clap4j.clip;

import dev.clap4j.Numbers;
import dev.clap4j.Shared;
import dev.clap4j.io.SafetensorsFile;
import dev.clap4j.nn.Activation;
import dev.clap4j.nn.ModifiedResNet;
import dev.clap4j.nn.VisionTower;
import dev.clap4j.nn.VisionTransformer;
import dev.clap4j.onnx.OrtEngine;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageEncoderTests {
    /** The reference states 5e-6 and 7.1e-6 between its own fp32 and fp64, relative to the largest value. */
    private static final double TOLERANCE = 1e-4;

    @Test
    void visionTransformer() {
        compare("clip-vit-tiny", new VisionTransformer(32, 8, 128, 2, 2, 512, 64, Activation.QUICK_GELU, 1e-5f));
    }

    @Test
    void modifiedResNet() {
        compare("clip-resnet-tiny", new ModifiedResNet(64, 4, List.of(1, 2, 1, 1), 2, 40));
    }

    private static void compare(String model, VisionTower tower) {
        SafetensorsFile weights = SafetensorsFile.open(Shared.golden(model + "/openai/model.safetensors"));
        SafetensorsFile io = SafetensorsFile.open(Shared.golden(model + "/io.safetensors"));
        try (ImageEncoder encoder = ImageEncoder.create(tower, weights, OrtEngine.create())) {
            Numbers.assertClose(
                    encoder.encode(io.get("image")), io.get("image_features").toFloats(), TOLERANCE);
        }
    }
}
