namespace BulkSms.OptOuts.Wording.Languages;

/// <summary>Spanish, of Spain and of America.</summary>
internal static class Spanish
{
    private static readonly (string, string)[] Classes =
    [
        ("msj", "[sus|tus|estos|esos|los|las|de|este|tantos|tantas] (mensaje|mensajes|mensajitos|mensages|sms|texto|textos|msj|msjs|msg|msgs|publicidad|publicidades|propaganda|propagandas|spam|avisos|notificaciones|alertas|promociones|ofertas|anuncios|mensajería) [de texto|de publicidad|publicitarios|de ustedes|suyos|tuyos|promocionales]"),
        ("det", "más|mas|de|sus|tus|los|las|estos|esos|estas|este|esta|su|tu|la|el|tantos|tanto|ningún|ninguna|otro|otros|nada|estas cosas|esto|eso|cualquier|todo|todos|nada de|ningún tipo de|este tipo de|ese tipo de|más de"),
        ("a", "a (este|mi) (número|teléfono|celular|móvil|tel|línea)|a este|aquí|al (número|teléfono|celular|móvil)|en mi (teléfono|celular|móvil)"),
        ("ya", "más|mas|nunca más|nunca mas|nunca|ya|ahora|de inmediato|inmediatamente|jamás|otra vez|de nuevo|ahora mismo|cuanto antes|de una vez|por favor|porfavor|porfa"),
        ("num", "[mi|este|el|ese] (número|teléfono|celular|móvil|contacto|nombre|número de (teléfono|celular|móvil)|datos|línea)|mis datos"),
        ("lista", "(de|en|del) [la|su|tu|sus|esta|las|todas las|vuestra|todas sus] [base] (lista|listas|base de datos|base|sistema|contactos|agenda|registro|registros|grupo|suscripción|directorio|difusión|servicio|listado|lista de (contactos|difusión|envío|envíos|distribución|correo|mensajes|clientes)|mensajes|publicidad|envíos|(estos|sus) (mensajes|sms))"),
        ("sub", "(envíe|envíen|envíes|envies|envías|envieis|envíen|mande|manden|mandes|mandas|mandeis|escriba|escriban|escribas|escribáis|contacte|contacten|contactes|moleste|molesten|molestes|molestéis|texteen|notifiquen|joda|jodan|jodas|fastidien|hablen|llamen ni escriban)"),
        ("inf", "(escribir|escribirme|mandar|mandarme|enviar|enviarme|molestar|molestarme|contactar|contactarme|textear|textearme|spamear|acosar|acosarme|joder|joderme|fastidiar|fastidiarme|chingar|insistir|notificar|notificarme|llamar|llamarme)"),
        ("fuera", "(elimíname|elimíneme|elimínenme|eliminadme|eliminarme|bórrame|bórreme|bórrenme|borrarme|borradme|quítame|quíteme|quítenme|quitarme|quitadme|sácame|sáqueme|sáquenme|sacarme|sacadme|remuévanme|removerme|retírenme|retíreme|retirarme|excluyanme|desuscríbeme|desuscríbanme|desuscríbame|desuscribirme|desuscribir|desuscribirse|desinscribirme|desinscríbanme|desafíliame|desafiliarme)"),
        ("quitar", "(eliminar|elimine|eliminen|elimina|borrar|borre|borren|borra|quitar|quite|quiten|quita|sacar|saquen|saque|saca|retirar|retiren|retire|remover|remuevan|remueva|dar de baja|den de baja|dé de baja)"),
        ("quiero", "quiero|quisiera|deseo|necesito|solicito|pido|querría|me gustaría|queremos|requiero|exijo|quiero solicitar|quiero pedir"),
    ];

    public static readonly Language Value = new()
    {
        Code = "es",
        Classes = Classes,
        Words = ["parar", "pare", "paren", "detener", "detengan", "deténganse", "baja", "dar de baja", "la baja", "desuscribir", "desuscribirme", "basta", "ya basta", "basta ya", "dejar de recibir", "para ya"],
        Requests =
        [
            "[<quiero>|favor de|por favor de|puede|pueden|podrían|podría|puedes|podéis] (darme|darse|darnos|dárme|dar|darlo) de baja [<num>|a <num>|<lista>|del servicio|de este servicio] [?]", "(me|nos) (dan|da|das|den|dé|des|podrían dar|pueden dar|puede dar) de baja [<lista>|del servicio] [?]", "me [quiero|puede|pueden|pueden por favor] (dar|doy) de baja [<lista>|del servicio] [?]",
            "(dame|deme|denme|dadme|dénme|denos|dennos) de baja [<lista>|del servicio|<num>]", "(dar|den|dé|dad) de baja (<num>|a <num>|este número) [<lista>]", "<quiero> que (me|nos) (den|dé|des|deis) de baja [<lista>|del servicio]", "(<quiero>|tramiten|tramitar|gestionar|procesen) [mi|la|una|de] baja [<lista>|del servicio]", "baja (<lista>|del servicio|sms|de sms|por favor|inmediata)",
            "[<quiero>|<quiero> que|favor de|puede|pueden|podrían|podría|puedes] <fuera> [ya] [<lista>] [?]", "<quiero> (salir|salirme|ser eliminado|ser eliminada|ser borrado|ser borrada) <lista>", "me (elimine|eliminen|borre|borren|quite|quiten|saque|saquen|retiren) <lista>", "[favor de|puede|pueden|podrían] <quitar> <num> [<lista>] [?]", "(quiten|eliminen|borren|saquen|retiren) mi (número|nombre|contacto) [<lista>]",
            "[ya|por favor|que] no (me|nos) [vuelvan a|vuelva a|vuelvas a|sigan] (<sub>|<inf>|escribiendo|mandando|enviando|molestando) [<det>] [<det>] [<msj>] [<a>] [<ya>] [<ya>]", "[ya] no (<inf>|<sub>) (más|mas|[<det>] [<det>] <msj>) [<det>] [<msj>] [<a>] [<ya>]", "no (enviar|mandar|enviarme|mandarme) [<det>] [<det>] <msj> [<a>]",
            "[ya] no (quiero|deseo|queremos|quisiera|necesito|me interesa) (recibir|seguir recibiendo|que me <sub>|que me sigan (mandando|enviando|escribiendo)|estar recibiendo|recibirlos) [<det>] [<det>] [<msj>] [de ustedes|suyos|de su parte] [<a>] [<ya>]", "[ya] no (quiero|deseo|queremos|quisiera|necesito) [<det>] [<det>] <msj> [de ustedes] [<ya>]", "no (quiero|deseo) estar <lista>", "[ya] no quiero (más|mas) <msj>",
            "(no más|no mas|ni un|basta de|ya no más|ya no mas|nada de|basta con) [<det>] <msj> [<ya>]", "(deja|deje|dejen|dejar|dejad|para|pare|paren|parad|parar|cesen|cese|déjate|déjense) [ya] de <inf> [<det>] [<det>] [<msj>] [<a>] [<ya>]", "(quiero|necesito|pido|solicito) que [ya] (dejen|deje|dejes|paren|pares) [de <inf>] [<det>] [<msj>]", "<quiero> dejar de recibir [<det>] [<msj>]", "<quiero> (cancelar|detener|parar) [los|mis|estos] <msj>",
            "(déjenme|déjame|déjeme|dejadme) (en paz|tranquilo|tranquila|ya)", "(cancelar|cancele|cancelen|cancela|anular|anulen) [el|los|mis|estos|los envíos de] (<msj>|envíos|envío de <msj>|servicio de <msj>)", "(detener|detengan|detenga|paren|pare|parar|suspendan|suspender|stop) [con|ya] [<det>] <msj> [<ya>]", "(pare|paren|para) [ya] (por favor|de una vez|con esto|ya)",
        ],
        Courtesy =
        [
            "por favor", "porfavor", "porfa", "porfis", "xfa", "xfavor", "favor", "por fa", "gracias", "muchas gracias", "mil gracias", "muchísimas gracias", "gracias de antemano", "de antemano", "hola", "hola _ ,", "buenos días", "buen día", "buenas", "buenas (tardes|noches)", "ya", "ahora", "inmediatamente", "de inmediato", "de una vez", "ahora mismo", "señor", "señora", "señores", "señorita", "saludos", "atentamente", "un saludo", "y", "o", "entonces", "pues", "también", "urgente", "que", "les pido", "les ruego", "se lo pido", "amablemente", "cordialmente",
            "[es|este es|tienen|tiene|es un|lo siento|disculpe] [el|un] número (equivocado|erróneo|incorrecto)", "(se equivocó|se equivocaron|está equivocado|están equivocados|te equivocaste|se ha equivocado|se han equivocado|os habéis equivocado) [de (número|persona)]", "(este|ese) no es (el|su|mi) (número|teléfono) [de _ [_]] (,|por favor|y)", "no soy _ [_] (,|por favor|y)", "no (los|lo|la|te|las) conozco", "no sé (quién|quiénes) (es|son)", "(quién|quien) (es|eres|son|habla) [?]",
            "no [me] [estoy] (interesa|interesado|interesada) [más|mas]", "ya no me interesa", "no gracias", "no ,", "nunca (me suscribí|los autoricé|pedí esto|di mi (número|permiso|autorización))", "no (me suscribí|los autoricé|autoricé esto|he pedido esto|di mi autorización)", "esto es (spam|acoso|molesto)", "(son|es) muy (molestos|molesto|molesta)", "qué (molestos|pesados)", "estoy (harto|harta|cansado|cansada) [de (esto|<msj>)]", "o (los|lo) (denuncio|demando|bloqueo)", "es suficiente", "suficiente",
        ],
        Unclear =
        [
            "(pedí|pedido|dije|dicho|solicité|solicitado|rogué|pedimos|dijimos|pido|digo) [ya] [muchas veces|varias veces|antes] que [ya] (no|paren|pararan|pare|parara|dejen|deje|dejaran|dejara|me den de baja|me dieran de baja|me quiten|me quitaran|me eliminen|me borren)", "(pedí|solicité|tramité|pedido|solicitado) [ya] (la|mi) baja", "ya me (di|dí|he dado) de baja",
            "(sigo|seguimos|continúo|continuo) recibiendo", "(siguen|sigue|sigues|seguís|continúan) (mandando|enviando|escribiendo|molestando|llegando|mandándome|enviándome|escribiéndome|molestándome)", "me (siguen|sigue) (mandando|enviando|escribiendo|molestando|llegando)", "(todavía|aún|aun) (recibo|me llegan|me mandan|me envían)", "cancelar [mi|la] suscripción",
            "no quiero (recibir|más|mas) [más|mas] <msj>", "no me (<sub>)", "(deja|deje|dejen) de (molestar|molestarme|escribir|escribirme|mandar|mandarme|enviar|enviarme)", "(denunciar|denuncio|denunciaré|demandar|demandaré|acoso|profeco|facua)", "(darme|dar|darse) de baja (,|de|del)", "(elimine|eliminen|borren|borre|quiten|quite|saquen) (mi|este|ese|su) (número|contacto|nombre)",
        ],
        UnclearAlone =
        [
            "[es|este es|tienen|tiene] [el|un] número (equivocado|erróneo|incorrecto)", "(se equivocó|se equivocaron|está equivocado|están equivocados) [de (número|persona)]", "(cómo|como|dónde|donde) [me|puedo|hago para|se hace para|le hago para] [doy|darme|dar|me doy|me puedo dar|me puedo] [de] baja [<lista>|del servicio]", "(cómo|como) (puedo|hago para|le hago para) (<fuera>|dejar de recibir [<det>] <msj>|cancelar [<det>] <msj>|salir <lista>)",
            "(cancelar|cancelen|cancele|anular) [mi|la] suscripción", "(sí|si) [,] (stop|parar)", "no quiero esto", "[ya] no quiero más", "[ya] no más", "déjenme", "molestos",
        ],
        Negations = ["no", "nunca", "nadie", "jamás"],
    };
}
