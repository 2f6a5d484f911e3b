package dev.clap4j.fuzz.mutation;

import java.util.Locale;

/** Selects the mutation for a file. */
final class Mutations {
    static final Mutation BYTES = new Bytes();
    static final Mutation TEXT = new Texts();
    static final Mutation JSON = new Json();

    private static final Mutation PICKLE = new Pickle();
    private static final Mutation ZIP = new Zip();
    private static final Mutation LINES = new Lines(TEXT);
    private static final Mutation JSON_LINES = new Lines(JSON);
    private static final Mutation GZIP = Zlib.gzip(LINES);
    private static final Mutation PNG = new Png();
    private static final Mutation JPEG = new Jpeg();
    private static final Mutation GIF = new Gif();
    private static final Mutation TIFF = new Tiff();
    private static final Mutation WEBP = new Riff();
    private static final Mutation TAR = new Tar();
    private static final Mutation SAFETENSORS = new Safetensors();
    private static final Mutation PROTOBUF = new Protobuf();

    private Mutations() {}

    /** Returns the mutation that knows the format promised by a name, or the blind one. */
    static Mutation of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return switch (lower.substring(lower.lastIndexOf('.') + 1)) {
            case "json" -> JSON;
            case "jsonl" -> JSON_LINES;
            case "txt", "yaml", "yml", "csv" -> LINES;
            case "gz" -> GZIP;
            case "safetensors" -> SAFETENSORS;
            case "model" -> PROTOBUF;
            case "pt", "pth" -> ZIP;
            case "pkl" -> PICKLE;
            case "png" -> PNG;
            case "jpg" -> JPEG;
            case "gif" -> GIF;
            case "tif" -> TIFF;
            case "webp" -> WEBP;
            case "tar" -> TAR;
            default -> BYTES;
        };
    }
}
