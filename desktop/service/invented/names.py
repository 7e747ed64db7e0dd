"""Parts of Vietnamese names and addresses, the common ones more often; nobody real is meant."""

from __future__ import annotations

FAMILY = {
    "Nguyễn": 38, "Trần": 11, "Lê": 10, "Phạm": 7, "Hoàng": 5, "Vũ": 5, "Đỗ": 4, "Bùi": 3,
    "Đặng": 3, "Ngô": 2, "Dương": 2, "Đinh": 2, "Phan": 1, "Lương": 1, "Mai": 1, "Trịnh": 1,
    "Đoàn": 1, "Tạ": 1, "Lại": 1, "Chu": 1, "Hà": 1, "Cao": 1, "Kiều": 1, "Nghiêm": 1,
}  # fmt: skip
"""Họ and how often, per cent as in the lowlands of the north."""

MIDDLE_WOMEN = {
    "Thị": 40, "Thị Thu": 5, "Thị Thanh": 5, "Thị Hồng": 4, "Thị Kim": 4, "Thị Minh": 4,
    "Thị Ngọc": 4, "Thị Bích": 3, "Thị Phương": 3, "Thị Thuý": 3, "Ngọc": 3, "Thu": 2,
    "Thuỳ": 2, "Khánh": 2, "Bảo": 2, "Quỳnh": 2, "Diệu": 2, "Hà": 2, "Thanh": 2, "Minh": 2,
}  # fmt: skip
MIDDLE_MEN = {
    "Văn": 34, "Đức": 7, "Minh": 5, "Hữu": 5, "Quang": 5, "Đình": 5, "Công": 4, "Xuân": 4,
    "Mạnh": 3, "Tiến": 3, "Duy": 3, "Thế": 3, "Trọng": 3, "Anh": 2, "Gia": 2, "Quốc": 2,
    "Hoàng": 2, "Tuấn": 2, "Ngọc": 2, "Bá": 2, "Viết": 2,
}  # fmt: skip

_WOMEN = (
    "An Anh Ánh Bích Bình Châu Chi Cúc Dung Duyên Dương Đào Giang Hà Hải Hạnh Hằng Hậu Hiền Hoa "
    "Hoà Hoài Hồng Huế Huệ Huyền Hương Khuyên Lan Lành Liên Liễu Linh Loan Lụa Lựu Ly Mai Mận Mây "
    "Minh My Mỹ Nga Ngà Ngân Nghĩa Ngọc Nguyệt Nhài Nhàn Nhi Nhung Nụ Oanh Phúc Phương Phượng "
    "Quế Quyên Quỳnh Sen Tâm Thanh Thảo Thắm Thêu Thoa Thơm Thu Thuỷ Thư Thương Tình Trang Trâm "
    "Trinh Tú Tuyết Tươi Uyên Vân Vui Xuân Xuyến Yên Yến"
)
_MEN = (
    "An Anh Ân Bách Bảo Bằng Bình Bốn Cảnh Chiến Chính Chung Công Cường Dân Diện Doanh Dũng Duy "
    "Dương Đại Đạt Định Đông Đồng Đức Giang Giáp Hà Hải Hạnh Hào Hậu Hiến Hiệp Hiếu Hiệu Hoà Hoan "
    "Hoàng Hội Hợp Huân Hùng Huy Hưng Hưởng Kha Khải Khanh Khánh Khiêm Khoa Khôi Kiên Kỳ Lâm Lập "
    "Long Lộc Lợi Luân Luyện Lực Lượng Mạnh Minh Nam Năm Nghĩa Nghị Ngọc Nhân Nhật Ninh Phát Phong "
    "Phú Phúc Phương Quân Quang Quảng Quân Quốc Quý Quyền Quyết Sáng Sáu Sinh Sơn Tài Tám Tâm Tấn "
    "Thái Thành Thạch Thảo Thắng Thế Thiện Thịnh Thọ Thông Thuận Thức Tiến Tình Tính Toàn Toản "
    "Trí Trọng Trung Trường Tú Tuấn Tùng Tuyên Tư Vĩ Viên Việt Vinh Vũ Vượng Xuân Ý"
)
GIVEN_WOMEN = tuple(_WOMEN.split())
GIVEN_MEN = tuple(_MEN.split())

STREETS = (
    "Trần Phú", "Lê Lợi", "Nguyễn Du", "Lý Thường Kiệt", "Quang Trung", "Biên Hòa", "Trường Chinh",
    "Lê Hoàn", "Đinh Tiên Hoàng", "Ngô Quyền", "Hai Bà Trưng", "Nguyễn Khuyến", "Trần Hưng Đạo",
)  # fmt: skip
MOBILE_PREFIXES = ("032", "033", "035", "036", "038", "039", "070", "077", "083", "091", "097")
"""Of numbers in use since 9/2018."""
OCCUPATIONS = ("Làm ruộng", "Buôn bán nhỏ", "Lao động tự do", "Công nhân", "Nghỉ hưu", "Nội trợ")
