package io.buildkitefleet.engine.provider;

import com.google.protobuf.Any;
import com.google.rpc.Status;
import io.buildkitefleet.engine.google.GoogleFault.Left;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import pulumirpc.Provider.ErrorResourceInitFailed;

/**
 * The failure of a creation that left something: the engine keeps it in its state and goes on with it in the next up.
 *
 * @see <a href="https://github.com/pulumi/pulumi-terraform-bridge/blob/59de6c661/pkg/tfbridge/provider.go">
 *     initializationError</a>
 */
final class PartialFailure {
    private PartialFailure() {}

    static StatusRuntimeException of(CloudResource made, Left left, String reason) {
        var detail = ErrorResourceInitFailed.newBuilder()
                .setId(made.id())
                .setProperties(left == Left.COMPLETE ? made.outputs() : Values.plain(made.inputs()))
                .addReasons(reason)
                .build();
        return StatusProto.toStatusRuntimeException(Status.newBuilder()
                .setCode(Code.UNKNOWN.value())
                .setMessage(reason)
                .addDetails(Any.pack(detail, "type.googleapis.com"))
                .build());
    }
}
