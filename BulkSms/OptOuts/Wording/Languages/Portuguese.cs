namespace BulkSms.OptOuts.Wording.Languages;

/// <summary>Portuguese, of Brazil and of Portugal.</summary>
internal static class Portuguese
{
    private static readonly (string, string)[] Classes =
    [
        ("msg", "(mensagem|mensagens|msg|msgs|msn|sms|torpedo|torpedos|spam|propaganda|propagandas|publicidade|publicidades|textos|notificações|notificação|avisos|promoções|ofertas|anúncios|comunicações|lembretes) [de texto|de vocês|suas|publicitárias|promocionais|de propaganda]"),
        ("det", "mais|suas|sua|seus|essas|esses|estas|estes|essa|esse|de|as|os|a|o|nenhuma|nenhum|nada|tantas|tantos|qualquer|outras|outra|todas as|todos os|com|com essas|com as|com esses|mais nenhuma|isso|este tipo de|esse tipo de|mais de"),
        ("me", "[para|pra|no|neste|nesse|em|a] (mim|este número|esse número|meu (número|celular|telefone|telemóvel|whatsapp)|o meu (número|celular|telefone|telemóvel)|aqui|nós)"),
        ("já", "mais|nunca mais|agora|já|imediatamente|por favor|pf|jamais|de novo|novamente|outra vez|nunca|de uma vez|pfv"),
        ("num", "[o|a|os|do] [meu|este|esse|meus|minha] (número|nome|contato|contacto|telefone|celular|telemóvel|cadastro|dados|inscrição)"),
        ("lista", "(da|de|do|dessa|desta|das|dos) [sua|tua|vossa|suas|seus|todas as suas] (lista|listas|base|base de dados|sistema|cadastro|contatos|contactos|agenda|grupo|mailing|lista de (contatos|contactos|transmissão|envio|envios|distribuição|mensagens|clientes)|envio|envios|banco de dados|serviço|registro|registros|mensagens)"),
        ("inf", "(enviar|me enviar|enviar me|mandar|me mandar|mandar me|escrever|me escrever|incomodar|me incomodar|perturbar|me perturbar|contatar|me contatar|contactar|me contactar|contactar me|encher|me encher|encher o saco|importunar|me importunar|spammar|ligar e mandar|assediar|chatear|me chatear)"),
        ("imp", "(envie|enviem|envia|envies|mande|mandem|manda|mandes|escreva|escrevam|perturbe|perturbem|incomode|incomodem|contate|contatem|contacte|contactem|encha|importune|importunem|chateiem|enviar|mandar|incomodar|perturbar|contatar)"),
        ("tirar", "(remover|remova|remove|removam|retirar|retire|retirem|retira|tire|tirem|tira|tirar|exclua|excluam|exclui|excluir|apague|apaguem|apagar|apaga|delete|deletem|deletar|deleta|elimine|eliminem|eliminar|descadastre|descadastrem|descadastrar|desinscreva|desinscrever)"),
        ("quero", "quero|queria|gostaria de|desejo|preciso|peço para|solicito|gostava de|pretendo|peço que|exijo"),
    ];

    public static readonly Language Value = new()
    {
        Code = "pt",
        Classes = Classes,
        Words = ["pare", "parem", "parar", "remover", "descadastrar", "descadastro", "descadastre", "chega", "remova", "desinscrever", "cancelamento de sms"],
        Requests =
        [
            "<tirar> (me|<num>) [<me>] [<lista>] [<já>]", "(me|nos) <tirar> [<lista>] [<já>]", "(<quero>) (sair|me descadastrar|descadastrar|me desinscrever|ser (removido|removida|retirado|retirada|excluído|excluída|descadastrado)|<tirar> <num>|me retirar|parar de receber [<det>] [<msg>]|deixar de receber [<det>] [<msg>]) [<lista>]", "sair <lista>",
            "não (me|nos) <imp> (<já>|[<det>] [<det>] <msg>) [<det>] [<msg>] [<me>] [<já>]", "não (me) (perturbe|perturbem|incomode|incomodem|importune|contate|contatem|contacte|contactem)", "não <imp> [<me>] (mais|nunca mais|[<det>] [<det>] <msg>) [<det>] [<msg>] [<me>] [<já>]", "não mais <imp>",
            "[eu] não (quero|desejo|queremos|gostaria de|pretendo) [mais] (receber|ser (contatado|contatada|contactado|contactada|incomodado|incomodada)|que me <imp>) [mais] [<det>] [<det>] [<msg>] [<me>] [<já>]", "[eu] não (quero|desejo) [mais|receber] [<det>] [<det>] <msg> [<me>] [<já>]",
            "(pare|parem|parar|deixe|deixem|para) de <inf> [<det>] [<det>] [<msg>] [<me>] [<já>]", "(pare|parem|para|parar) (já|agora|por favor|com isso|com <det> <msg>|com isto|com <msg>)", "(chega|sem|basta|parem|pare|nada) (de|com|mais) [<det>] <msg> [<já>]", "nada de <msg>", "(me) (deixe|deixem|deixa) em paz", "(deixe|deixem) me em paz",
            "(pode|podem|poderia|poderiam|poderão|podes|favor|por favor|queira|queiram) [por favor] (me <tirar>|<tirar> (me|<num>)|parar [de <inf>] [<det>] [<msg>]|não <imp> mais [<det>] [<msg>]) [<lista>] [?]", "(cancelar|cancele|cancelem|cancela|suspender|suspendam) [o|os|as|a|meu] (envio|envios|recebimento|<msg>) [de|das|dos] [<msg>]", "stop <msg>",
        ],
        Courtesy =
        [
            "por favor", "por gentileza", "porfavor", "pf", "pfv", "pfvr", "favor", "obrigado", "obrigada", "obg", "muito (obrigado|obrigada)", "grato", "grata", "agradeço", "desde já agradeço", "olá", "olá _ ,", "oi", "oi _ ,", "bom dia", "boa (tarde|noite)", "ok", "agora", "já", "imediatamente", "urgente", "e", "ou", "então", "também", "senhor", "senhora", "senhores", "pessoal", "gente", "att", "atenciosamente", "abraço", "abraços", "cumprimentos", "eu", "desculpe", "desculpa",
            "[é|este é|esse é|está com|você está com o|vocês estão com o|tem o] [o|um] número errado", "(é|foi) engano", "engano", "enganou se [no número]", "não sou [o|a] _ [_] (,|por favor|e)", "(este|esse) não é o número (da|de|do) _ [_] (,|por favor|e)", "não (conheço|sei quem é|te conheço)", "não conheço (você|vocês)", "quem (é|são|fala) [?]", "[não tenho|sem] interesse", "não (estou interessado|estou interessada|me interessa|tenho interesse|preciso)", "não (,|obrigado|obrigada)", "(isso|isto) é (spam|assédio|um abuso|abuso)", "(que|muito) (chato|chatos|chata)", "nunca me (cadastrei|inscrevi)", "não me (cadastrei|inscrevi)", "não autorizei [isso|isto|nada]", "senão (denuncio|vou denunciar|bloqueio)", "vou (denunciar|bloquear|processar)", "cansei", "já chega",
        ],
        Unclear =
        [
            "(pedi|disse|falei|solicitei|avisei|pedido|dito|solicitado) [já] [várias vezes] (que|para|pra) [já] (parar|pararem|parem|parassem|parasse|pare|me <tirar>|me tirarem|me removerem|sair|não|não me)", "(continuo|sigo|ainda estou|estou ainda|continuamos) (recebendo|a receber)", "ainda (recebo|me mandam|me enviam|recebendo)", "(continuam|continua) (mandando|enviando|a enviar|a mandar|me mandando|me enviando|incomodando|a incomodar)", "já (cancelei|me descadastrei|pedi)", "não quero [mais] [receber] [<det>] <msg>", "(denunciar|procon|anatel|processar|assédio)", "(pare|parem) de (<inf>)", "não me (mande|mandem|envie|enviem)", "(tire|retire|remova) (meu|este|esse) (número|contato)",
        ],
        UnclearAlone =
        [
            "como (faço para|faço pra|posso|fazer para|eu faço para|eu) (sair|cancelar|me descadastrar|descadastrar|parar de receber|remover) [<lista>|[<det>] <msg>|isso]", "[é|este é|esse é|está com|você está com o] [o|um] número errado", "(é|foi) engano", "engano", "(cancelar|cancele|cancelem) [a|o] [minha|meu] (assinatura|inscrição|cadastro|subscrição)", "sim [,] (stop|pare|parar)", "não quero mais", "quero sair", "me deixa", "não quero isso",
        ],
        Negations = ["não", "nunca", "ninguém", "jamais"],
    };
}
