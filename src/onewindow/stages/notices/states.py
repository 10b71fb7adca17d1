"""The life of a message to a person's phone."""

from onewindow.kernel.permissions import Permission
from onewindow.kernel.states import NEW, Machine, Move, State
from onewindow.kernel.words import Words

WRITE = Permission("notices.write", Words("生成消息", "write a message"))
SEND = Permission("notices.send", Words("发送消息", "send a message"))
WATCH = Permission("notices.watch", Words("查看消息", "watch messages"))

NOTICE = Machine(
    "notice",
    Words("消息", "Message"),
    [
        State("queued", Words("待发送", "queued")),
        State("sent", Words("已发送", "sent"), "done"),
        State("undeliverable", Words("无法送达", "undeliverable"), "stop"),
    ],
    [
        Move("write", frozenset({NEW}), "queued", WRITE, "notices.written", Words("生成", "write")),
        Move("send", frozenset({"queued"}), "sent", SEND, "notices.sent", Words("发送", "send")),
        Move("give-up", frozenset({"queued"}), "undeliverable", SEND, "notices.given_up", Words("放弃", "give up")),
    ],
)
