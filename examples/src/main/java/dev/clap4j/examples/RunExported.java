package dev.clap4j.examples;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import javax.imageio.ImageIO;

/** Classifies an image by an exported model, with ONNX Runtime alone. Arguments: {@code classifier.onnx}, an image file. */
public final class RunExported {
    private RunExported() {}

    /** Prints the labels and their probabilities. */
    public static void main(String[] arguments) throws OrtException, IOException {
        BufferedImage image = ImageIO.read(Path.of(arguments[1]).toFile());
        long[] shape = {1, image.getHeight(), image.getWidth(), 3};
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(arguments[0]);
                OnnxTensor pixels = OnnxTensor.createTensor(environment, pixels(image), shape, OnnxJavaType.UINT8);
                OrtSession.Result result = session.run(Map.of("image", pixels))) {
            System.out.println(
                    session.getMetadata().getCustomMetadataValue("labels").orElseThrow());
            float[][] probabilities = (float[][]) result.get(0).getValue();
            System.out.println(Arrays.toString(probabilities[0]));
        }
    }

    /** Red, green and blue of each pixel, row by row. */
    private static ByteBuffer pixels(BufferedImage image) {
        ByteBuffer pixels = ByteBuffer.allocateDirect(image.getHeight() * image.getWidth() * 3);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                pixels.put((byte) (rgb >> 16)).put((byte) (rgb >> 8)).put((byte) rgb);
            }
        }
        return pixels.flip();
    }
}
